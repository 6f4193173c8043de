using Seatrial.Engine.Interpolation;
using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Compose;

/// <summary>Leaves out the services of profiles that neither the caller nor <c>COMPOSE_PROFILES</c> names.</summary>
internal static class Profiles
{
    private const string Variable = "COMPOSE_PROFILES";

    public static ComposeProject Choose(
        ComposeProject project, ComposeRequest request, Variables variables, ProblemList problems)
    {
        string[] active =
        [
            .. request.Profiles,
            .. request.Services.SelectMany(name => project.Services.GetValueOrDefault(name)?.Profiles ?? []),
            .. (variables.ValueOf(Variable) ?? "").Split(',', StringSplitOptions.TrimEntries),
        ];
        var chosen = new OrderedDictionary<string, ComposeService>();
        foreach (var (name, service) in project.Services)
        {
            if (service.Profiles.Count is 0 || active.Contains("*") || service.Profiles.Any(active.Contains))
            {
                chosen[name] = service;
            }
        }

        foreach (var service in chosen.Values)
        {
            TellMissing(service, project, chosen, problems);
        }

        foreach (var name in chosen.Keys.ToList())
        {
            // Nothing that runs has to wait for what does not; what it needs all the same has been told.
            chosen[name] = chosen[name] with
            {
                DependsOn = [.. chosen[name].DependsOn.Where(edge => chosen.ContainsKey(edge.Service))],
            };
        }

        return project with { Services = chosen };
    }

    private static void TellMissing(
        ComposeService service,
        ComposeProject project,
        OrderedDictionary<string, ComposeService> chosen,
        ProblemList problems)
    {
        foreach (var edge in service.DependsOn.Where(edge => edge.Required && !chosen.ContainsKey(edge.Service)))
        {
            if (project.Services.TryGetValue(edge.Service, out var missing))
            {
                problems.Add(
                    project.PositionOf($"services.{service.Name}.depends_on.{edge.Service}"), Severity.Error,
                    $"services.{service.Name} depends on {edge.Service}, whose profiles are off.",
                    $"Set {Variable}={missing.Profiles[0]}, or write required: false.");
            }
        }
    }
}
