using Seatrial.Engine.Faults;
using Seatrial.Engine.Histories;

namespace Seatrial.Engine.Recovery;

/// <summary>A fault's time: from its beginning to that of the next, with how the system was before.</summary>
/// <param name="Begin">When its injection began.</param>
/// <param name="Injected">When that was done.</param>
/// <param name="Healed">When it was healed; null when it never was.</param>
/// <param name="Over">When what shows can't be its doing any more.</param>
/// <param name="End">When the next one began, or the log ended.</param>
/// <param name="Before">The seconds before it.</param>
internal sealed record Span(long Begin, long Injected, long? Healed, long Over, long End, Level Before)
{
    private const long Second = 1_000_000;

    /// <summary>Null for a fault that was never injected.</summary>
    public static Span? Of(FaultRecord fault, IReadOnlyList<FaultRecord> all, Timeline timeline, long rate)
    {
        if (fault is not { InjectedAt: { } injectedAt })
        {
            return null;
        }

        var (begin, injected) = (Instants.From(fault.BeganAt ?? injectedAt), Instants.From(injectedAt));
        var next = all
            .Select(other => other.BeganAt ?? other.InjectedAt)
            .Where(other => other is not null)
            .Select(other => Instants.From(other.GetValueOrDefault()))
            .Where(other => other > begin)
            .Append(Math.Max(timeline.End, begin))
            .Min();
        return new Span(
            begin,
            injected,
            fault.HealedAt is { } healedAt ? Instants.From(healedAt) : null,
            Math.Min(
                next, Instants.From(fault.ConfirmedHealedAt ?? fault.HealedAt ?? DateTimeOffset.MaxValue) + Second),
            next,
            Level.Of(timeline, Tenths.Of(begin), rate));
    }
}

/// <summary>How a system was in the seconds before something.</summary>
/// <param name="Done">Records done a second, the middle one.</param>
/// <param name="DoneByStage">The same by stage.</param>
/// <param name="Backlog">The highest.</param>
/// <param name="Wait">Of the records of a second the middle one's wait, in the slowest second.</param>
internal sealed record Level(long Done, IReadOnlyList<long> DoneByStage, long Backlog, long Wait)
{
    private const long Second = 1_000_000;

    /// <summary>Of the seconds before a tenth; more than comes in is no level but catching up.</summary>
    public static Level Of(Timeline timeline, long tenth, long rate)
    {
        var from = (tenth * Tenths.Length) - (SteadyRule.Windows * Second);
        return new Level(
            SteadyRule.Before(timeline, tenth, Times(rate, timeline.Stages.Count)),
            [.. timeline.Stages.Select((_, stage) => Math.Min(rate, Middle(timeline, stage, from)))],
            timeline.HighestBacklog(from, tenth * Tenths.Length),
            Enumerable.Range(0, SteadyRule.Windows).Max(i => MiddleWait(timeline, from + (i * Second))));
    }

    /// <summary>Of the records that were completed in the second from an instant on; 0 without one.</summary>
    public static long MiddleWait(Timeline timeline, long from) =>
        timeline.Waits(from, from + Second) is { Length: > 0 } waits ? waits[waits.Length / 2] : 0;

    private static long Times(long rate, int stages) => rate > long.MaxValue / stages ? rate : rate * stages;

    private static long Middle(Timeline timeline, int stage, long from) => Enumerable.Range(0, SteadyRule.Windows)
        .Select(i => timeline.Done(stage, from + (i * Second), from + ((i + 1) * Second)))
        .Order()
        .ElementAt(SteadyRule.Windows / 2);
}
