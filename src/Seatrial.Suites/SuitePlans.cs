using Seatrial.Engine;
using Seatrial.Engine.Plans;
using Seatrial.Engine.Specs;

namespace Seatrial.Suites;

/// <summary>Whether a system can be put through a suite, before anything of it starts.</summary>
public static class SuitePlans
{
    /// <exception cref="SeatrialException">It says nothing of the suite, or names services that do not run.</exception>
    public static void Check(TrialPlan plan, string suite)
    {
        if (suite is ContainerTestSuite.Integration && !BuiltInMapping.Is(plan.Spec.Mapping))
        {
            throw new SeatrialException(
                ExitCode.Usage,
                $"The integration suite follows records of Seatrial.Worker; those of {plan.Project.Name} are in "
                    + $"{plan.Spec.Mapping.Queue.Table}.",
                plan.Spec.Images.File,
                "Put the system through another suite: distributed, faults or performance.");
        }

        var named = suite switch
        {
            ContainerTestSuite.Integration => Named(plan.Spec.Integration ?? throw Unsaid(plan)),
            ContainerTestSuite.Performance => [plan.Spec.Performance.Entrance],
            _ => [],
        };
        var problems = named
            .OfType<ServiceEndpoint>()
            .Where(endpoint => !plan.Project.Services.ContainsKey(endpoint.Service))
            .Select(endpoint => new Problem
            {
                What = $"suites.{suite} names the service {endpoint.Service}, which does not run.",
                Where = plan.Spec.Images.File,
                Fix = $"Name one of {string.Join(", ", plan.Project.Services.Keys)}, "
                    + "or turn its profile on: profiles: NAME.",
            })
            .ToList();
        if (problems.Count > 0)
        {
            throw new SeatrialException(ExitCode.Usage, problems);
        }
    }

    /// <summary>Compose profiles that a suite turns on, beside those that are.</summary>
    public static IReadOnlyList<string> Profiles(SystemSpec spec, string suite) => suite switch
    {
        ContainerTestSuite.Integration => spec.Integration?.Profiles ?? [],
        ContainerTestSuite.Performance => spec.Performance.Profiles,
        _ => [],
    };

    private static ServiceEndpoint?[] Named(IntegrationSpec spec) => [spec.Entrance, spec.Prometheus, spec.Receiver];

    private static SeatrialException Unsaid(TrialPlan plan) => new(
        ExitCode.Usage,
        "seatrial.yaml does not say how records get into the system over HTTP.",
        plan.Spec.Images.File,
        "Write suites.integration: {entrance: SERVICE:PORT, counted_in: COLUMN}; docs/seatrial-yaml.md has the rest.");
}
