using System.Globalization;
using Seatrial.Engine.Measurements.Resources;
using Seatrial.Engine.Measurements.Trends;
using Seatrial.Engine.Runs;

namespace Seatrial.Engine.Measurements.Bottlenecks;

/// <summary>Resources that only grow; looked for in the whole run, since a leak needs no backlog.</summary>
internal static class LeakRules
{
    public static IEnumerable<Bottleneck> See(PerformanceEvidence evidence)
    {
        foreach (var series in evidence.Resources.Where(series => series.Container != ResourceSeries.Host))
        {
            if (Leaks.Find(LeakRule.Memory, ResourceLevels.Memory(series)) is { } memory)
            {
                yield return Of(series, memory, "what its handlers keep after a record: a dump taken early and one "
                    + "taken late show what became more");
            }

            if (Leaks.Find(LeakRule.Files, ResourceLevels.Handles(series)) is { } files)
            {
                yield return Of(series, files, "which files and sockets it opens and does not close: "
                    + "ls -l /proc/1/fd in the container names them");
            }

            if (Leaks.Find(LeakRule.Connections, ResourceLevels.Sessions(evidence, series)) is { } connections)
            {
                yield return Of(series, connections, "where it takes a connection and does not give it back");
            }
        }
    }

    private static Bottleneck Of(ResourceSeries series, Leak leak, string what) => new()
    {
        Name = "leak",
        Where = series.Container,
        Summary = $"The {leak.Rule.Resource} of {series.Container} grew by {Show(leak.Rule, leak.Grown)} in "
            + $"{Figures.Duration(leak.Over)}, and did not stop growing.",
        Evidence =
        [
            new($"{leak.Rule.Resource} a minute", Show(leak.Rule, leak.PerMinute),
                $"{Show(leak.Rule, leak.Low)} to {Show(leak.Rule, leak.High)} at 99 %; 0 would be within it"),
            new("growth in all", Show(leak.Rule, leak.Grown),
                $"below {Show(leak.Rule, leak.Rule.LeastGrowth)} and {leak.Rule.LeastShare:P0} of its level"),
        ],
        Confidence = Math.Round(leak.Certainty * 0.95, 2),
        Recommendation = $"Look for {what}.",
        ExpectedGain = series.Samples[^1].MemoryLimit is { } limit && leak.Rule == LeakRule.Memory
            ? $"it would be at its limit of {Show(leak.Rule, limit)} in "
                + Figures.Duration(TimeSpan.FromMinutes(
                    Math.Max(0, limit - series.Samples[^1].Memory) / leak.PerMinute))
            : "it runs for as long as it likes",
        Verify = "The interval of its slope holds 0 over a run that is twice as long.",
    };

    private static string Show(LeakRule rule, double value) => rule == LeakRule.Memory
        ? Figures.Bytes((long)value)
        : string.Create(CultureInfo.InvariantCulture, $"{value:0.#} {rule.Unit}");
}
