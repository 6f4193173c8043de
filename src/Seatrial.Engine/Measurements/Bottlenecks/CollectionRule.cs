using Seatrial.Engine.Measurements.Resources;
using Seatrial.Engine.Runs;

namespace Seatrial.Engine.Measurements.Bottlenecks;

/// <summary>A worker whose threads are held by collections of garbage.</summary>
internal static class CollectionRule
{
    private const double UsualShare = 0.05;

    public static IEnumerable<Bottleneck> See(Situation now) => now.Workers
        .Select(series => Of(now, series)).OfType<Bottleneck>();

    private static Bottleneck? Of(Situation now, ResourceSeries worker)
    {
        var share = now.Rate(worker, sample => sample.Runtime?.Paused);
        return share < UsualShare ? null : new Bottleneck
        {
            Name = "garbage",
            Where = worker.Container,
            Summary = $"Collections of garbage hold all threads of {worker.Container} for "
                + $"{Figures.Percent(share, 1)} of the time.",
            Evidence =
            [
                new("part of the time in pauses", Figures.Percent(share, 1), "below 5 %"),
                new("memory in use, at most", Figures.Bytes(worker.Samples.Max(sample => sample.Memory))),
            ],
            Confidence = Situation.Confidence(0.5 + (2 * share), worker.Samples.Count),
            Recommendation = $"Give {worker.Service} more memory, or let its handlers keep and copy less.",
            ExpectedGain = $"up to {Figures.Percent(share, 1)} of its time",
            Change = worker.Samples[^1].MemoryLimit is { } limit
                ? new ResourceChange(
                    worker.Service, ResourceSettings.Memory, limit, ResourceSettings.RoundedMemory(1.5 * limit)) : null,
            Gain = Math.Round(1 / (1 - Math.Min(share, 0.9)), 2),
            Verify = "The part of the time in pauses falls below 5 %.",
        };
    }
}
