using Seatrial.Engine.Measurements.Resources;
using Seatrial.Engine.Runs;

namespace Seatrial.Engine.Measurements.Bottlenecks;

/// <summary>A container that is kept off the processors by its own limit.</summary>
internal static class CpuLimitRule
{
    private const double UsualShare = 0.1;
    private const int LeastPeriods = 20;

    public static IEnumerable<Bottleneck> See(Situation now) => now.Containers
        .Select(series => Of(now, series)).OfType<Bottleneck>();

    private static Bottleneck? Of(Situation now, ResourceSeries series)
    {
        var periods = now.Rate(series, sample => sample.Periods) * now.Window.Seconds;
        var share = periods > 0 ? now.Rate(series, sample => sample.Throttled) * now.Window.Seconds / periods : 0;
        if (periods < LeastPeriods || share < UsualShare || now.Cores(series) is not { } used)
        {
            return null;
        }

        var limit = now.Limit(series);
        var kept = now.Rate(series, sample => sample.ThrottledFor);
        var more = Math.Min(now.Processors, Math.Round(Math.Max(limit * 1.5, (used + kept) * 1.2), 1));
        var gain = Math.Max(1, Math.Min(more, used + kept) / Math.Max(used, 0.01));
        var counts = now.Workers.Contains(series) || series == now.DatabaseContainer;
        return new Bottleneck
        {
            Name = "cpu-limit",
            Where = series.Container,
            Summary = $"{series.Container} uses up its limit of {Figures.Number(limit, 2)} cores before the end of "
                + $"{Figures.Percent(share, 1)} of its periods, and then stands still.",
            Evidence =
            [
                new("periods cut short", Figures.Percent(share, 1), "below 10 %"),
                new("cores used", Figures.Number(used, 2)),
                new("cores it may use", Figures.Number(limit, 2)),
                new("seconds a second that threads were kept waiting", Figures.Number(kept, 2)),
            ],
            Confidence = Situation.Confidence((counts ? 0.55 : 0.3) + (0.4 * share), (int)periods),
            Recommendation = $"Raise {ResourceSettings.Cpus} of {series.Service} to "
                + $"{Figures.Number(more, 1)}, or make its work cheaper.",
            ExpectedGain = $"up to {Figures.Number(gain, 1)} times the work of this container",
            Gain = counts ? Math.Round(gain, 2) : null,
            Verify = "The part of periods cut short falls below 10 %, and the records done a second rise.",
            Change = more > limit
                ? new ResourceChange(series.Service, ResourceSettings.Cpus, limit, more) : null,
        };
    }
}
