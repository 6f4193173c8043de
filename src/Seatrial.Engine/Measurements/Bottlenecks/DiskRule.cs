using Seatrial.Engine.Measurements.Databases;
using Seatrial.Engine.Measurements.Resources;
using Seatrial.Engine.Runs;
using Seatrial.Wire;

namespace Seatrial.Engine.Measurements.Bottlenecks;

/// <summary>Sessions that wait for the database's disk: for pages, or for the log of their commits.</summary>
internal static class DiskRule
{
    private const double UsualShare = 0.4;
    private const double UsualWaiters = 0.5;

    public static IEnumerable<Bottleneck> See(Situation now)
    {
        var busy = now.Mean(sample => sample.Sessions.Where(session => !session.IsIdle).Sum(session => session.Count));
        var waiting = now.Mean(sample => sample.Sessions.Where(IsAtDisk).Sum(session => session.Count));
        if (waiting < UsualWaiters || waiting < UsualShare * busy)
        {
            yield break;
        }

        var log = now.Mean(sample => sample.Sessions.Where(IsAtLog).Sum(session => session.Count));
        var isLog = log * 2 > waiting;
        yield return new Bottleneck
        {
            Name = isLog ? "commits" : "disk",
            Where = now.Evidence.Database?.Service ?? "the database",
            Summary = $"{Figures.Number(waiting)} sessions wait for the database's disk at any moment, most of them "
                + (isLog ? "for the log of their commits." : "for pages."),
            Evidence =
            [
                new("sessions waiting for the disk", Figures.Number(waiting), "below 0.5"),
                new("part of the busy sessions", Figures.Percent(waiting, busy), "below 40 %"),
                new("of them for the log", Figures.Number(log)),
            ],
            Confidence = Situation.Confidence(
                0.25 + (0.25 * Math.Min(1, waiting / busy)) + (0.3 * Math.Min(1, waiting / 2)), now.Database.Count),
            Recommendation = isLog
                ? "Commit more records at once, or put the log on a faster disk."
                : "Give the database more shared_buffers, or a faster disk; look for statements that read much.",
            ExpectedGain = $"up to {Figures.Percent(waiting, busy)} of the busy sessions' time",
            Gain = isLog ? Math.Round(Math.Min(2, 1 / Math.Max(0.01, 1 - (waiting / busy))), 2) : null,
            Verify = "Sessions waiting for the disk stay below 0.5 at any moment.",
            Change = isLog ? now.Workers.Select(worker => TwiceTheBatch(now, worker)).FirstOrDefault(
                change => change is not null) : null,
        };
    }

    /// <summary>Half as many commits; null where the batch is not to be seen, or can't be bigger.</summary>
    private static ResourceChange? TwiceTheBatch(Situation now, ResourceSeries worker) =>
        now.Settings(worker)?.BatchSize is < ContainerDefaults.MostBatchSize and { } size
            ? new ResourceChange(
                worker.Service, ContainerVariables.BatchSize, size, Math.Min(2 * size, ContainerDefaults.MostBatchSize))
            : null;

    private static bool IsAtDisk(SessionCount session) => session.WaitType is "IO" || IsAtLog(session);

    private static bool IsAtLog(SessionCount session) =>
        session.WaitType is "IO" or "LWLock" && session.Wait.StartsWith("WAL", StringComparison.OrdinalIgnoreCase);
}
