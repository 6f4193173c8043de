using Seatrial.Engine.Measurements.Latencies;
using Seatrial.Engine.Workloads;

namespace Seatrial.Engine.Measurements;

/// <summary>What a performance run measured, as reports have it; durations in seconds, rates in records a
/// second.</summary>
/// <param name="Metrics">Of the phases that count, together.</param>
/// <param name="Phases">Each of the load's, the warm-up and the search's trials too.</param>
/// <param name="Capacity">What the search for the highest rate came to; null where there was none.</param>
public sealed record PerformanceResult(
    PerformanceMetrics Metrics, IReadOnlyList<PhaseFigures> Phases, CapacityResult? Capacity)
{
    /// <summary>From what was measured.</summary>
    /// <param name="phases">Of the whole run.</param>
    /// <param name="capacity">What the search came to.</param>
    /// <param name="processorSeconds">What the workers used between two instants; null where it was not
    /// watched.</param>
    public static PerformanceResult Of(
        IReadOnlyList<MeasuredPhase> phases,
        CapacityResult? capacity,
        Func<DateTimeOffset, DateTimeOffset, double?> processorSeconds) => new(
            PerformanceMetrics.Of(phases, processorSeconds), [.. phases.Select(PhaseFigures.Of)], capacity);
}

/// <summary>The mission's figures.</summary>
/// <param name="RecordsProcessed">Completions in the last stage of records that were due in a phase that
/// counts.</param>
/// <param name="ProcessingRate">Completions a second while those phases were on.</param>
/// <param name="AverageLatency">From being due to done, in seconds; null of none.</param>
/// <param name="ErrorRate">Refused or dead records, as a part of those sent; null where none was sent.</param>
/// <param name="ResourceEfficiency">Records a second of the workers' processor time; null where that was not
/// watched.</param>
public sealed record PerformanceMetrics(
    long RecordsProcessed,
    double ProcessingRate,
    double? AverageLatency,
    double? ErrorRate,
    double? ResourceEfficiency)
{
    internal static PerformanceMetrics Of(
        IReadOnlyList<MeasuredPhase> phases, Func<DateTimeOffset, DateTimeOffset, double?> processorSeconds)
    {
        var counted = phases.Where(phase => phase.Span.IsMeasured).ToList();
        var latency = new Latency();
        counted.ForEach(phase => latency.Add(phase.Latency));
        var (sent, seconds) = (counted.Sum(phase => phase.Sent), counted.Sum(phase => Lasts(phase)));
        var done = counted.Sum(phase => phase.Throughput * Lasts(phase));
        var used = counted.Select(phase => processorSeconds(phase.Span.From, phase.Span.To)).ToList();
        return new PerformanceMetrics(
            latency.Count,
            seconds > 0 ? done / seconds : 0,
            latency.Mean?.TotalSeconds,
            sent == 0 ? null : (double)counted.Sum(phase => phase.Errors) / sent,
            used.Count > 0 && used.All(one => one > 0) ? done / used.Sum() : null);
    }

    private static double Lasts(MeasuredPhase phase) => (phase.Span.To - phase.Span.From).TotalSeconds;
}

/// <summary>A phase's figures.</summary>
/// <param name="Span">When it was, and what was planned.</param>
/// <param name="Sent">Records that were sent.</param>
/// <param name="Errors">Refused or dead.</param>
/// <param name="Throughput">Completions a second while it was on.</param>
/// <param name="BacklogMost">The most that waited or were held while it was on.</param>
/// <param name="BacklogGrowth">Records a second.</param>
/// <param name="Latency">From being due to done.</param>
/// <param name="Lateness">The generator's own.</param>
/// <param name="Stages">By stage, in the order of the way.</param>
public sealed record PhaseFigures(
    PhaseSpan Span,
    long Sent,
    long Errors,
    double Throughput,
    long BacklogMost,
    double BacklogGrowth,
    LatencyFigures Latency,
    LatencyFigures Lateness,
    IReadOnlyList<StageFigures> Stages)
{
    internal static PhaseFigures Of(MeasuredPhase phase) => new(
        phase.Span,
        phase.Sent,
        phase.Errors,
        Math.Round(phase.Throughput, 3),
        phase.Backlog.Most,
        Math.Round(phase.BacklogGrowth, 3),
        LatencyFigures.Of(phase.Latency),
        LatencyFigures.Of(phase.Lateness),
        [.. phase.Stages.Select(stage => new StageFigures(
            stage.Stage,
            Math.Round(stage.Throughput, 3),
            LatencyFigures.Of(stage.Wait),
            LatencyFigures.Of(stage.Run),
            LatencyFigures.Of(stage.Latency)))]);
}

/// <summary>A stage's figures in a phase.</summary>
/// <param name="Stage">Its queue.</param>
/// <param name="Throughput">Completions a second while the phase was on.</param>
/// <param name="Wait">From coming into the queue to the first claim.</param>
/// <param name="Run">From the last claim to done.</param>
/// <param name="Latency">From coming into the queue to done.</param>
public sealed record StageFigures(
    string Stage, double Throughput, LatencyFigures Wait, LatencyFigures Run, LatencyFigures Latency);

/// <summary>A distribution in a few numbers, in seconds; a quantile is null where there are too few samples for it
/// (<see cref="Latencies.Latency.Needed"/>).</summary>
public sealed record LatencyFigures(
    long Count, double? Mean, double? P50, double? P90, double? P95, double? P99, double? P999, double? Max)
{
    internal static LatencyFigures Of(Latency latency) => new(
        latency.Count,
        Seconds(latency.Mean),
        Seconds(latency.Quantile(0.5)),
        Seconds(latency.Quantile(0.9)),
        Seconds(latency.Quantile(0.95)),
        Seconds(latency.Quantile(0.99)),
        Seconds(latency.Quantile(0.999)),
        Seconds(latency.Most));

    private static double? Seconds(TimeSpan? duration) =>
        duration is { } known ? Math.Round(known.TotalSeconds, 6) : null;
}
