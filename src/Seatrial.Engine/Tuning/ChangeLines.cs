using Seatrial.Engine.Compose;
using Seatrial.Engine.Measurements.Bottlenecks;
using Seatrial.Engine.Specs;

namespace Seatrial.Engine.Tuning;

/// <summary>A change as the lines that a user writes into files to keep it.</summary>
public static class ChangeLines
{
    /// <summary>For the Compose file: in the place where it has the setting already, if it has.</summary>
    public static IReadOnlyList<string> Compose(ComposeProject project, ResourceChange change)
    {
        var value = ResourceSettings.Text(change.Setting, change.Proposed);
        var service = $"services.{change.Service}";
        if (ResourceSettings.IsVariable(change.Setting))
        {
            return project.Positions.ContainsKey($"{service}.environment[0]")
                ? [.. Nested(["services", change.Service, "environment"]), $"      - {change.Setting}={value}"]
                : Nested(["services", change.Service, "environment", change.Setting], $"\"{value}\"");
        }

        // A file may say it in either of two places, and not in both.
        return Short(change.Setting) is { } key && project.Positions.ContainsKey($"{service}.{key}")
            ? Nested(["services", change.Service, key], value)
            : Nested(
                ["services", change.Service, .. change.Setting.Split('.')],
                change.Setting is ResourceSettings.Cpus ? $"\"{value}\"" : value);
    }

    /// <summary>For <c>seatrial.yaml</c>, which has the last word on how many there are; null where it is silent.
    /// </summary>
    public static IReadOnlyList<string>? Spec(SystemSpec spec, ResourceChange change) =>
        change.Setting is ResourceSettings.Replicas && spec.Distributed.Replicas.ContainsKey(change.Service)
            ? Nested(
                ["suites", "distributed", "replicas", change.Service],
                ResourceSettings.Text(change.Setting, change.Proposed))
            : null;

    private static string? Short(string setting) => setting switch
    {
        ResourceSettings.Cpus => "cpus",
        ResourceSettings.Memory => "mem_limit",
        ResourceSettings.Replicas => "scale",
        _ => null,
    };

    private static List<string> Nested(IReadOnlyList<string> keys, string? value = null) =>
    [
        .. keys.Select((key, i) =>
            new string(' ', 2 * i) + key + ":" + (i == keys.Count - 1 && value is not null ? $" {value}" : "")),
    ];
}
