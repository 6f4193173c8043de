using Seatrial.Engine.Measurements.Resources;
using Seatrial.Engine.Runs;

namespace Seatrial.Engine.Measurements.Bottlenecks;

/// <summary>What is left where nothing is used up: handlers that wait for something that is not watched.</summary>
internal static class SlowHandlerRule
{
    private const double Quiet = 0.5;

    public static IEnumerable<Bottleneck> See(Situation now) => now.Database.Count == 0 || now.MachineUse > 0.85
        ? [] : now.Workers.Select(series => Of(now, series)).OfType<Bottleneck>();

    private static Bottleneck? Of(Situation now, ResourceSeries worker)
    {
        var own = (now.Cores(worker) ?? 0) / now.Limit(worker);
        var busy = now.Mean(sample => sample.Sessions
            .Where(session => !session.IsIdle && worker.Addresses.Contains(session.Address))
            .Sum(session => session.Count));
        return own > Quiet || busy > 1.5 ? null : new Bottleneck
        {
            Name = "slow-handler",
            Where = worker.Container,
            Summary = $"Records wait, and {worker.Container} computes little and asks the database for little: its "
                + "handlers wait for something else, or too few of them run side by side.",
            Evidence =
            [
                new("part of its processors that it uses", Figures.Percent(own, 1), "above 50 %"),
                new("its sessions that are busy, mean", Figures.Number(busy, 2)),
                new("records done a second", Figures.Number(now.RecordsPerSecond(worker))),
            ],
            Confidence = Situation.Confidence(0.35 + (0.1 * (1 - own)), now.Database.Count),
            Recommendation = $"Look in the spans of {worker.Service} for what its handlers wait for; let more of them "
                + "run side by side, or run more replicas.",
            ExpectedGain = "in proportion to the handlers, until processor or database are busy",
            Gain = 2,
            Verify = "Processor or sessions are busy, and the records done a second rise.",
            Change = now.TwiceTheReplicas(worker),
        };
    }
}
