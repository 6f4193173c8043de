using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Compose;

/// <summary>Secrets and configs that services are to have: whether there is anything to give them.</summary>
internal static class GrantChecks
{
    public static void Check(ComposeProject project, ProblemList problems)
    {
        foreach (var service in project.Services.Values)
        {
            Check(service, "secrets", service.Secrets, project.Secrets, (project, problems));
            Check(service, "configs", service.Configs, project.Configs, (project, problems));
        }
    }

    private static void Check(
        ComposeService service,
        string section,
        IReadOnlyList<ComposeGrant> grants,
        IReadOnlyDictionary<string, ComposeContent> declared,
        (ComposeProject Project, ProblemList Problems) into)
    {
        for (var i = 0; i < grants.Count; i++)
        {
            if (!declared.TryGetValue(grants[i].Source, out var content))
            {
                continue;
            }

            var at = into.Project.PositionOf($"{section}.{grants[i].Source}");
            if (Missing(content, $"{section}.{grants[i].Source}") is var (what, fix))
            {
                into.Problems.Add(at, Severity.Error, what, fix);
            }

            if (content.File is not null && grants[i] is not { Uid: null, Gid: null, Mode: null })
            {
                into.Problems.Add(
                    into.Project.PositionOf($"services.{service.Name}.{section}[{i}]"), Severity.Warning,
                    $"services.{service.Name}.{section}[{i}] says uid, gid or mode, which is not honoured for a file.",
                    "Set owner and mode of the file itself: the container has the file as it is.");
            }
        }
    }

    private static (string What, string Fix)? Missing(ComposeContent content, string path) => content switch
    {
        { External: true } => (
            $"{path} is external, and an engine without Swarm keeps none.",
            "Write file:, environment: or content: in place of external:."),
        { File: { } file } when !File.Exists(file) => (
            $"{path} is the file {file}, which is not there.", "Write the file, or mend the path."),
        { Environment: { } name, Text: null } => (
            $"{path} is the value of {name}, which is not set.",
            $"Set {name} in the environment or in .env."),
        _ => null,
    };
}
