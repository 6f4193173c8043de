using Seatrial.Engine.Measurements.Resources;
using Seatrial.Engine.Runs;

namespace Seatrial.Engine.Measurements.Bottlenecks;

/// <summary>A container that writes more about its work than it does.</summary>
internal static class LogRule
{
    private const double UsualBytes = 500_000;
    private const double LeastBytes = 100_000;
    private const double UsualBytesPerRecord = 4_000;

    public static IEnumerable<Bottleneck> See(Situation now) => now.Containers
        .Select(series => Of(now, series)).OfType<Bottleneck>();

    private static Bottleneck? Of(Situation now, ResourceSeries series)
    {
        var bytes = now.Rate(series, sample => sample.Log);
        var records = now.RecordsPerSecond(series);
        var perRecord = records > 0 ? bytes / records : 0;
        if (bytes < LeastBytes || (bytes < UsualBytes && perRecord < UsualBytesPerRecord))
        {
            return null;
        }

        return new Bottleneck
        {
            Name = "logging",
            Where = series.Container,
            Summary = $"{series.Container} writes {Figures.Bytes((long)bytes)} of output a second"
                + (records > 0 ? $", {Figures.Bytes((long)perRecord)} for each record." : "."),
            Evidence =
            [
                new("bytes of output a second", Figures.Number(bytes, 0), "below 500,000"),
                .. records > 0
                    ? new[] { new EvidenceFigure("bytes a record", Figures.Number(perRecord, 0), "below 4,000") } : [],
                new("cores used by it", Figures.Number(now.Cores(series) ?? 0, 2)),
                new("cores used outside of the containers, the engine's log writing too",
                    Figures.Number(Math.Max(0, (now.MachineUse * now.Processors)
                        - now.Containers.Sum(one => now.Cores(one) ?? 0)), 2)),
            ],
            Confidence = Situation.Confidence(
                0.55 + (0.2 * Math.Log10(Math.Max(1, bytes / UsualBytes)))
                    + (perRecord > UsualBytesPerRecord ? 0.1 : 0),
                series.Samples.Count),
            Recommendation = $"Raise the log level of {series.Service}, or write one line a batch; set a log driver "
                + "with rotation.",
            ExpectedGain = "the time that its threads wait for the engine to take each line, and the engine's own",
            Verify = "Bytes of output a second fall below 500,000, and the records done a second rise.",
        };
    }
}
