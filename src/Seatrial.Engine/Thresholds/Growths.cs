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

    /// <summary>The part of the time that may go unwatched at its end.</summary>
    private const double Unwatched = 0.1;

    public static Judged Judge(Threshold threshold, MeasuredRun run)
    {
        if (run.Evidence is not { } evidence || WindowOf(threshold, run) is not { } window)
        {
            return Judged.Unknown("nothing was measured");
        }

        var all = Series(threshold.Aggregate, evidence)
            .Select(one => (
                one.Where, one.IsLong,
                Trend: Leaks.TrendOf([.. one.Samples.Where(sample => window.Holds(sample.At))])))
            .ToList();
        var seen = all.Where(one => one.Trend is not null)
            .Select(one => (one.Where, Trend: one.Trend ?? throw new InvalidOperationException()))
            .ToList();
        if (seen.Count == 0)
        {
            return Judged.Unknown($"nothing was watched for {Leaks.Least.TotalSeconds:0} s");
        }

        var most = seen.MaxBy(one => one.Trend.High);
        if (threshold.Holds(most.Trend.High))
        {
            var unseen = Unseen(evidence, window)
                ?? all.Where(one => one.Trend is null && one.IsLong(window)).Select(one => $"not seen of {one.Where}")
                    .FirstOrDefault();
            return unseen is null ? new Judged(Verdict.Pass, Said(threshold, most.Where, most.Trend))
                : Judged.Unknown($"{unseen}; {Said(threshold, most.Where, most.Trend)}");
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

    /// <summary>Why not all of the time was seen; null where it was.</summary>
    private static string? Unseen(PerformanceEvidence evidence, Window window)
    {
        if (evidence.Gaps is [var gap, ..])
        {
            return gap;
        }

        var seconds = evidence.Stages.Select(stage => stage.Done.Count).DefaultIfEmpty().Max();
        var begin = window.From > evidence.Zero ? window.From : evidence.Zero;
        var end = window.To < DateTimeOffset.MaxValue ? window.To : evidence.Zero.AddSeconds(seconds);
        var last = evidence.Resources.SelectMany(series => series.Samples).Select(sample => sample.At)
            .DefaultIfEmpty(begin).Max();
        return last >= end - (Unwatched * (end - begin)) ? null
            : $"watched for {(last - begin).TotalSeconds:0} of {(end - begin).TotalSeconds:0} s";
    }

    private static bool IsLong(IEnumerable<DateTimeOffset> looks, Window window)
    {
        var within = looks.Where(window.Holds).ToList();
        return within.Count > 0 && within.Max() - within.Min() >= Leaks.Least;
    }

    /// <summary>With what tells whether each was there for so long that it should have a trend.</summary>
    private static IEnumerable<Watched> Series(string what, PerformanceEvidence evidence)
    {
        foreach (var series in evidence.Resources.Where(series => series.Container != ResourceSeries.Host))
        {
            var levels = what switch
            {
                Memory => ResourceLevels.Memory(series),
                Handles => ResourceLevels.Handles(series),
                Sessions => ResourceLevels.Sessions(evidence, series),
                _ => ResourceLevels.Output(series),
            };

            // The engine keeps no file of an output that it sends elsewhere.
            yield return new Watched(series.Container, levels, window => (what is not Disk || levels.Count > 0)
                && IsLong(series.Samples.Select(sample => sample.At), window));
        }

        if (what is Disk)
        {
            yield return new Watched("the database", ResourceLevels.Database(evidence), _ => true);
        }
    }

    private sealed record Watched(
        string Where, IReadOnlyList<(DateTimeOffset At, double Value)> Samples, Func<Window, bool> IsLong);
}
