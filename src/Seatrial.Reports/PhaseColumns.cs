using Seatrial.Engine.Measurements;
using Seatrial.Engine.Runs;

namespace Seatrial.Reports;

/// <summary>What was measured in each phase of an open load, as a table's columns.</summary>
public static class PhaseColumns
{
    /// <summary>The columns' heads; all but the first hold figures.</summary>
    public static IReadOnlyList<string> Names { get; } =
        ["phase", "sent", "sent/s", "done/s", "p50", "p95", "p99", "longest", "backlog", "errors"];

    /// <summary>A phase's cells; a dash where too few were seen to tell.</summary>
    public static IReadOnlyList<string> Of(PhaseFigures phase) =>
    [
        phase.Span.Name,
        Figures.Count(phase.Sent),
        Figures.Number(phase.Sent / (phase.Span.To - phase.Span.From).TotalSeconds, 0),
        Figures.Number(phase.Throughput, 0),
        Time(phase.Latency.P50),
        Time(phase.Latency.P95),
        Time(phase.Latency.P99),
        Time(phase.Latency.Max),
        Figures.Count(phase.BacklogMost),
        Figures.Count(phase.Errors),
    ];

    /// <summary>What the search for the highest rate came to, as a sentence; null where there was none.</summary>
    public static string? Capacity(PerformanceResult result)
    {
        if (result.Capacity is not { } capacity)
        {
            return null;
        }

        var trials = Figures.Count(capacity.Trials, "trial");
        return capacity switch
        {
            { Highest: null } => $"No rate was shown to hold the objectives, in {trials}.",
            { Highest: { } held, Lowest: { } missed } =>
                $"{Figures.Number(held)}/s hold the objectives, {Figures.Number(missed)}/s do not; {trials}.",
            { Highest: { } held, NotKept: { } late } =>
                $"At least {Figures.Number(held)}/s; the generator could not keep {Figures.Number(late)}/s; {trials}.",
            { Highest: { } held } => $"At least {Figures.Number(held)}/s, the highest that was tried; {trials}.",
        };
    }

    /// <summary>The phases that count, together, as a sentence.</summary>
    public static string Together(PerformanceMetrics metrics) =>
        $"{Figures.Count(metrics.RecordsProcessed, "record")}, {Figures.Number(metrics.ProcessingRate)}/s"
        + (metrics.ResourceEfficiency is { } each
            ? $", {Figures.Number(each, 0)} for each second of the workers' processor time." : ".");

    private static string Time(double? seconds) =>
        seconds is { } known ? Figures.Duration(TimeSpan.FromSeconds(known)) : "–";
}
