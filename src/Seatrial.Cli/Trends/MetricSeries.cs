using Seatrial.Engine.Runs;
using Seatrial.Engine.Trends;

namespace Seatrial.Cli.Trends;

/// <summary>A metric over runs that did the same, the oldest first.</summary>
internal sealed record MetricSeries
{
    public required MetricName Name { get; init; }

    /// <summary>Those that have it.</summary>
    public required IReadOnlyList<RunEntry> Runs { get; init; }

    public required IReadOnlyList<double> Values { get; init; }

    /// <summary>Where it went from one level to another.</summary>
    public required IReadOnlyList<Step> Steps { get; init; }

    /// <summary>Which load it is, where the same suite had several.</summary>
    public string? Load { get; init; }

    /// <summary>What the runs did, and where.</summary>
    public string Title => $"{Runs[0].System}, {Runs[0].Suite}"
        + (Runs[0].Records > 0 ? $", {Figures.Count(Runs[0].Records, "record")}" : "")
        + (Load is null ? "" : $", {Load}") + $", on {Runs[0].Machine}";

    /// <summary>One a metric and a kind of run; those that did not come to their end, and those of
    /// comparisons, are left out.</summary>
    public static IReadOnlyList<MetricSeries> Of(
        IReadOnlyList<RunEntry> runs, IReadOnlyList<MetricName> names, double least) =>
    [
        .. runs
            .Where(run => run.StoppedBecause is null && run.Suite != RunEntry.Comparison)
            .GroupBy(run => (run.System, run.Suite, run.Machine, run.Records))
            .SelectMany(alike => OfLoads([.. alike.GroupBy(run => run.Load)], names, least))
            .Where(series => series.Values.Count > 0),
    ];

    private static IEnumerable<MetricSeries> OfLoads(
        IReadOnlyList<IEnumerable<RunEntry>> loads, IReadOnlyList<MetricName> names, double least) =>
        loads.SelectMany((runs, at) => names.Select(name => Of([.. runs], name, least) with
        {
            Load = loads.Count > 1 ? $"load {at + 1} of {loads.Count}" : null,
        }));

    private static MetricSeries Of(RunEntry[] runs, MetricName name, double least)
    {
        var having = runs
            .Select(run => (Run: run, Metric: run.Metrics.FirstOrDefault(metric => metric.Name == name.ToString())))
            .Where(pair => pair.Metric is not null)
            .ToList();
        IReadOnlyList<double> values = [.. having.Select(pair => pair.Metric?.Value ?? 0)];
        var changes = ChangePoints.Find(values, least);
        int[] edges = [0, .. changes, values.Count];
        return new MetricSeries
        {
            Name = name,
            Runs = [.. having.Select(pair => pair.Run)],
            Values = values,
            Steps =
            [
                .. changes.Select((at, i) => new Step(
                    having[at].Run,
                    Bootstrap.Median([.. values.Skip(edges[i]).Take(at - edges[i])]),
                    Bootstrap.Median([.. values.Skip(at).Take(edges[i + 2] - at)]))),
            ],
        };
    }

    /// <summary>From one level, by its median, to another; the run is its first.</summary>
    public sealed record Step(RunEntry Run, double Before, double After);
}
