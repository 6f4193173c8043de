namespace Seatrial.Engine.Recovery;

/// <summary>What shows in the log that something is wrong.</summary>
internal static class Symptoms
{
    private const long Second = 1_000_000;
    private const long Step = Second / 10;

    /// <summary>Fewer records a second than these say nothing.</summary>
    private const long FewestToTell = 10;

    private const long LeastSlower = 50_000;

    /// <summary>The first of a fault; null when the system took it without one.</summary>
    public static (long At, string What)? First(Timeline timeline, Span span)
    {
        var lost = timeline.FirstLost(span.Begin, span.Over);
        for (var at = span.Begin + Step; at <= span.Over; at += Step)
        {
            if (lost < at)
            {
                return (lost.Value, "a record was taken from its holder");
            }

            if (Seen(timeline, span.Before, at) is { } what)
            {
                return (at, what);
            }
        }

        return null;
    }

    private static string? Seen(Timeline timeline, Level before, long at)
    {
        for (var stage = 0; stage < timeline.Stages.Count; stage++)
        {
            var (usual, done) = (before.DoneByStage[stage], timeline.Done(stage, at - Second, at));
            if (usual >= FewestToTell && done * 2 < usual)
            {
                return $"{timeline.Stages[stage]} did {done} records in a second, not {usual}";
            }
        }

        var waiting = timeline.BacklogAt(at);
        if (waiting > (before.Backlog * 2) + before.Done)
        {
            return $"{waiting} records waited, not {before.Backlog} at most";
        }

        var wait = Level.MiddleWait(timeline, at - Second);
        return wait > (before.Wait * 2) + LeastSlower
            ? $"half of the records took longer than {wait / 1000} ms, not {before.Wait / 1000} ms" : null;
    }
}
