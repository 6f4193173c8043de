using Seatrial.Engine.Faults;
using Seatrial.Engine.Histories;

namespace Seatrial.Engine.Recovery;

/// <summary>A fault's time: from its beginning to that of the next, with how the system was before.</summary>
internal sealed record Span(long Begin, long Injected, long? Healed, long End, Level Before)
{
    private const long Second = 1_000_000;
    private const int Windows = 3;

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
            next,
            Level.Of(timeline, begin - (Windows * Second), Windows, rate));
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

    /// <summary>Of so many seconds from an instant on; more than comes in is no level but catching up.</summary>
    public static Level Of(Timeline timeline, long from, int seconds, long rate) => new(
        Math.Min(Middle(timeline, null, from, seconds), Times(rate, timeline.Stages.Count)),
        [.. timeline.Stages.Select((_, stage) => Math.Min(rate, Middle(timeline, stage, from, seconds)))],
        timeline.HighestBacklog(from, from + (seconds * Second)),
        Enumerable.Range(0, seconds).Max(i => MiddleWait(timeline, from + (i * Second))));

    /// <summary>Of the records that were completed in the second from an instant on; 0 without one.</summary>
    public static long MiddleWait(Timeline timeline, long from) =>
        timeline.Waits(from, from + Second) is { Length: > 0 } waits ? waits[waits.Length / 2] : 0;

    private static long Times(long rate, int stages) => rate > long.MaxValue / stages ? rate : rate * stages;

    private static long Middle(Timeline timeline, int? stage, long from, int seconds) => Enumerable.Range(0, seconds)
        .Select(i => timeline.Done(stage, from + (i * Second), from + ((i + 1) * Second)))
        .Order()
        .ElementAt(seconds / 2);
}
