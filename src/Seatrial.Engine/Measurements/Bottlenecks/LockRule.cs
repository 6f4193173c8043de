using Seatrial.Engine.Measurements.Databases;
using Seatrial.Engine.Runs;

namespace Seatrial.Engine.Measurements.Bottlenecks;

/// <summary>Sessions that wait for a lock which somebody holds for too long.</summary>
internal static class LockRule
{
    private const double UsualShare = 0.25;
    private const double UsualWaiters = 0.5;

    public static IEnumerable<Bottleneck> See(Situation now)
    {
        var waiting = now.Mean(Waiters);
        var busy = now.Mean(sample => sample.Sessions.Where(session => !session.IsIdle).Sum(session => session.Count));
        var share = busy > 0 ? waiting / busy : 0;
        if (waiting < UsualWaiters || share < UsualShare || Blocker(now) is not var (blocker, times, waits))
        {
            yield break;
        }

        var holder = now.NameOf(blocker.BlockerAddress);
        yield return new Bottleneck
        {
            Name = "lock",
            Where = holder,
            Summary = $"{Figures.Number(waiting)} sessions wait for a lock at any moment; it is held by {holder} "
                + $"({blocker.BlockerName}), {blocker.BlockerState}, whose last statement was: "
                + $"{blocker.BlockerStatement}",
            Evidence =
            [
                new("sessions waiting for a lock", Figures.Number(waiting), "below 0.5"),
                new("part of the busy sessions", Figures.Percent(waiting, busy), "below 25 %"),
                new("longest wait", Figures.Duration(TimeSpan.FromSeconds(waits.Max(wait => wait.Seconds)))),
                new("age of the holder's transaction, at most",
                    Figures.Duration(TimeSpan.FromSeconds(waits.Max(wait => wait.BlockerSeconds)))),
                new("waiting statement", waits[0].Statement),
                new("looks at which it was the holder", $"{times} of {now.Database.Count}"),
            ],
            Confidence = Situation.Confidence(
                0.35 + (0.35 * share) + (0.25 * Math.Min(1, waiting / 2)), now.Database.Count),
            Recommendation = $"Make the transaction of {holder} shorter: take the lock last, and wait for nothing "
                + "while it is held.",
            ExpectedGain = $"up to {Figures.Percent(waiting, busy)} of the busy sessions' time",
            Verify = "Sessions waiting for a lock stay below 0.5 at any moment, and the records done a second rise.",
        };
    }

    private static double Waiters(DatabaseSample sample) =>
        sample.Sessions.Where(session => session.WaitType is "Lock").Sum(session => session.Count);

    /// <summary>Who was seen holding the lock most often, at the head of the queue for it.</summary>
    private static (LockWait One, int Times, List<LockWait> Waits)? Blocker(Situation now)
    {
        var first = now.Database
            .SelectMany(sample => sample.Locks.Where(wait => wait.IsRoot).Select(wait => (sample.At, Wait: wait)))
            .GroupBy(seen => (seen.Wait.BlockerAddress, seen.Wait.BlockerName,
                Statements.Shape(seen.Wait.BlockerStatement)))
            .MaxBy(group => group.Select(seen => seen.At).Distinct().Count());
        return first is null ? null
            : (first.First().Wait, first.Select(seen => seen.At).Distinct().Count(),
                [.. first.Select(seen => seen.Wait).OrderByDescending(wait => wait.Seconds)]);
    }
}
