using Seatrial.Engine.Measurements.Databases;
using Seatrial.Engine.Runs;

namespace Seatrial.Engine.Measurements.Bottlenecks;

/// <summary>A statement in which most of the busy sessions' time goes.</summary>
internal static class SlowQueryRule
{
    private const double Slow = 0.1;
    private const double UsualShare = 0.4;
    private const double UsualSessions = 0.5;

    public static IEnumerable<Bottleneck> See(Situation now)
    {
        var busy = now.Mean(sample => sample.Sessions.Where(session => !session.IsIdle).Sum(session => session.Count));
        var slow = now.Database.SelectMany(sample => sample.Running).Where(IsSlow)
            .GroupBy(running => Statements.Shape(running.Statement))
            .MaxBy(group => group.Count());
        if (slow is null || busy <= 0)
        {
            yield break;
        }

        var sessions = slow.Count() / (double)now.Database.Count;
        if (sessions < UsualSessions || sessions / busy < UsualShare)
        {
            yield break;
        }

        var known = now.Evidence.Database?.Statements.FirstOrDefault(
            one => Statements.Shape(one.Statement) == slow.Key || one.Statement == slow.First().Statement);
        yield return new Bottleneck
        {
            Name = "slow-query",
            Where = now.NameOf(slow.First().Address),
            Summary = $"{Figures.Number(sessions)} sessions are in one statement at any moment: {slow.Key}",
            Evidence =
            [
                new("sessions in it", Figures.Number(sessions), "below 0.5"),
                new("part of the busy sessions", Figures.Percent(sessions, busy), "below 40 %"),
                new("longest seen", Figures.Duration(TimeSpan.FromSeconds(slow.Max(running => running.Seconds)))),
                .. known is null ? [] : new[]
                {
                    new EvidenceFigure("mean, by pg_stat_statements",
                        Figures.Duration(TimeSpan.FromSeconds(known.Seconds / known.Calls))),
                },
            ],
            Confidence = Situation.Confidence(0.35 + (0.5 * Math.Min(1, sessions / busy)), now.Database.Count),
            Recommendation = $"Make this statement faster; EXPLAIN (ANALYZE, BUFFERS) shows where its time goes: "
                + slow.First().Statement,
            ExpectedGain = $"up to {Figures.Percent(sessions, busy)} of the busy sessions' time",
            Verify = "No statement is seen for longer than 100 ms at most looks, and the records done a second rise.",
        };
    }

    /// <summary>What waits for a lock or for its client is not slow by itself.</summary>
    private static bool IsSlow(RunningStatement running) =>
        running.Seconds >= Slow && running.WaitType is not ("Lock" or "Client");
}
