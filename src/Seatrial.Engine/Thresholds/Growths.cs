using Seatrial.Engine.Checks;
using Seatrial.Engine.Measurements;
using Seatrial.Engine.Measurements.Bottlenecks;
using Seatrial.Engine.Measurements.Resources;
using Seatrial.Engine.Measurements.Trends;

namespace Seatrial.Engine.Thresholds;

/// <summary>
/// What containers and the database hold on to, held against thresholds: of each, the slope of its floor with its
/// interval at 99 %, which has to lie below the bound as a whole.
/// </summary>
internal static class Growths
{
    /// <summary>Bytes that no file backs, of a container.</summary>
    public const string Memory = "memory";

    /// <summary>Bytes of the database, or of a container's output.</summary>
    public const string Disk = "disk";

    /// <summary>Open file handles of a container.</summary>
    public const string Handles = "handles";

    /// <summary>Sessions of a container at the database.</summary>
    public const string Sessions = "sessions";

    public static Judged Judge(Threshold threshold, MeasuredRun run)
    {
        if (run.Evidence is not { } evidence || WindowOf(threshold, run) is not { } window)
        {
            return Judged.Unknown("nothing was measured");
        }

        var seen = Series(threshold.Aggregate, evidence)
            .Select(one => (one.Where, Trend: Leaks.TrendOf([.. one.Samples.Where(sample => window.Holds(sample.At))])))
            .Where(one => one.Trend is not null)
            .Select(one => (one.Where, Trend: one.Trend ?? throw new InvalidOperationException()))
            .ToList();
        if (seen.Count == 0)
        {
            return Judged.Unknown($"nothing was watched for {Leaks.Least.TotalSeconds:0} s");
        }

        var most = seen.MaxBy(one => one.Trend.High);
        if (threshold.Holds(most.Trend.High))
        {
            return new Judged(Verdict.Pass, Said(threshold, most.Where, most.Trend));
        }

        var surest = seen.MaxBy(one => one.Trend.Low);
        return threshold.Holds(surest.Trend.Low)
            ? Judged.Unknown(Said(threshold, most.Where, most.Trend))
            : new Judged(Verdict.Fail, Said(threshold, surest.Where, surest.Trend));
    }

    private static string Said(Threshold threshold, string where, Trend trend) =>
        $"{Threshold.Describe(trend.Slope, threshold.Unit)} at {where}, {Threshold.Describe(trend.Low, threshold.Unit)} "
        + $"to {Threshold.Describe(trend.High, threshold.Unit)} at 99 %";

    /// <summary>The phases that are meant; the whole run where there are none.</summary>
    private static Window? WindowOf(Threshold threshold, MeasuredRun run)
    {
        if (run.Phases.Count == 0)
        {
            return threshold.Phase is null ? new Window(DateTimeOffset.MinValue, DateTimeOffset.MaxValue) : null;
        }

        var spans = run.Phases.Select(phase => phase.Span)
            .Where(span => threshold.Phase is { } name ? span.Name == name : span.IsMeasured).ToList();
        return spans.Count == 0 ? null : new Window(spans.Min(span => span.From), spans.Max(span => span.To));
    }

    private static IEnumerable<(string Where, IReadOnlyList<(DateTimeOffset At, double Value)> Samples)> Series(
        string what, PerformanceEvidence evidence)
    {
        foreach (var series in evidence.Resources.Where(series => series.Container != ResourceSeries.Host))
        {
            yield return (series.Container, what switch
            {
                Memory => ResourceLevels.Memory(series),
                Handles => ResourceLevels.Handles(series),
                Sessions => ResourceLevels.Sessions(evidence, series),
                _ => ResourceLevels.Output(series),
            });
        }

        if (what is Disk)
        {
            yield return ("the database", ResourceLevels.Database(evidence));
        }
    }
}
