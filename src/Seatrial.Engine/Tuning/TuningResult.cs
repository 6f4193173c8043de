using Seatrial.Engine.Runs;
using Seatrial.Engine.Trends;

namespace Seatrial.Engine.Tuning;

/// <summary>What trying a change really gave, beside the system as it is.</summary>
public sealed record TuningResult
{
    /// <summary>Whether it is better with it: by throughput, and where that is the same by latency.</summary>
    public required ChangeKind Kind { get; init; }

    /// <summary>In one sentence without its end: <c>gave 1.9 times the throughput (1.8 … 2.1)</c>.</summary>
    public required string Words { get; init; }

    /// <summary>Throughput and p99; of too few records for that, the highest quantile that they have.</summary>
    public required IReadOnlyList<MetricChange> Changes { get; init; }

    public static MetricName Throughput => MetricName.Usual[0];

    public static MetricName Latency => MetricName.Usual[3];

    private static string NameOf(MetricChange latency) => latency.Metric.Split('.', 2)[^1];

    private static MetricName LatencyOf(IReadOnlyList<RunMeasurements> runs) => MetricName.Usual
        .Where(name => name.Kind is MetricKind.Latency)
        .OrderByDescending(name => name.Quantile)
        .FirstOrDefault(
            name => runs.All(run => run.Metrics.Any(metric => metric.Name == name.ToString())), Latency);

    /// <summary>Of runs that were taken in turn: a pure function.</summary>
    public static TuningResult Of(IReadOnlyList<RunMeasurements> before, IReadOnlyList<RunMeasurements> after)
    {
        var changes = GroupComparison.Compare(
            before, after, [Throughput, LatencyOf([.. before, .. after])], ChangeKinds.UsualLeast);
        return Of(changes[0], changes[1]);
    }

    /// <summary>Of what is said of the two metrics.</summary>
    public static TuningResult Of(MetricChange throughput, MetricChange latency)
    {
        var byLatency = throughput.Kind is ChangeKind.Same && latency.Kind is ChangeKind.Better or ChangeKind.Worse;
        return new TuningResult
        {
            Kind = byLatency ? latency.Kind : throughput.Kind,
            Words = byLatency
                ? $"{(latency.Kind is ChangeKind.Better ? "gave" : "made it worse:")} {Times(latency, $"the {NameOf(latency)}")}, and "
                    + "no certain gain in throughput"
                : OfThroughput(throughput) + (throughput.Kind is ChangeKind.Missing ? "" : OfLatency(latency)),
            Changes = [throughput, latency],
        };
    }

    private static string OfThroughput(MetricChange change) => change.Kind switch
    {
        ChangeKind.Better => $"gave {Times(change, "the throughput")}",
        ChangeKind.Worse => $"made it worse: {Times(change, "the throughput")}",
        ChangeKind.Same => $"no gain seen that is certain: {Times(change, "the throughput")}",
        ChangeKind.Unclear => "no difference seen that chance does not make: more rounds tell",
        ChangeKind.Missing => $"not known: {change.Because ?? "the runs have no throughput"}",
    };

    private static string OfLatency(MetricChange latency) => latency.Kind switch
    {
        ChangeKind.Better => $"; {Times(latency, $"the {NameOf(latency)}")}",
        ChangeKind.Worse => $"; {NameOf(latency)} is worse: {Times(latency, "what it was")}",
        ChangeKind.Same or ChangeKind.Unclear or ChangeKind.Missing => "",
    };

    private static string Times(MetricChange change, string what) => change.Ratio is { } ratio
        ? $"{Figures.Number(ratio.Estimate, 2)} times {what} ({Figures.Number(ratio.Low, 2)} … "
            + $"{Figures.Number(ratio.High, 2)})"
        : $"another {what}";
}
