using System.Text.Json.Nodes;
using Seatrial.Engine.Runs;
using Seatrial.Engine.Trends;

namespace Seatrial.Cli.Trends;

/// <summary>Kept runs and their comparisons for machines.</summary>
internal static class RunJsonForm
{
    public static JsonNode Of(RunEntry run) => new JsonObject
    {
        ["run"] = run.Id,
        ["system"] = run.System,
        ["suite"] = run.Suite,
        ["seed"] = run.Seed,
        ["startedAt"] = run.StartedAt,
        ["seconds"] = Math.Round(run.Duration.TotalSeconds, 3),
        ["verdict"] = run.Verdict.ToString().ToLowerInvariant(),
        ["stoppedBecause"] = run.StoppedBecause,
        ["records"] = run.Records,
        ["version"] = run.Version,
        ["machine"] = run.Machine,
        ["images"] = new JsonObject(run.Images
            .OrderBy(image => image.Key, StringComparer.Ordinal)
            .Select(image => KeyValuePair.Create(image.Key, (JsonNode?)image.Value))),
        ["folder"] = run.Folder,
        ["command"] = run.Command,
        ["metrics"] = new JsonArray([.. run.Metrics.Select(Of)]),
    };

    public static JsonNode Of(RunMetric metric) => new JsonObject
    {
        ["name"] = metric.Name,
        ["value"] = metric.Value,
        ["count"] = metric.Count,
    };

    public static JsonNode Of(MetricChange change) => new JsonObject
    {
        ["metric"] = change.Metric,
        ["is"] = change.Kind.ToString().ToLowerInvariant(),
        ["before"] = change.Before,
        ["after"] = change.After,
        ["countBefore"] = change.CountBefore,
        ["countAfter"] = change.CountAfter,
        ["ratio"] = change.Ratio?.Estimate,
        ["low"] = change.Ratio?.Low,
        ["high"] = change.Ratio?.High,
        ["probability"] = change.Probability,
        ["because"] = change.Because,
    };
}
