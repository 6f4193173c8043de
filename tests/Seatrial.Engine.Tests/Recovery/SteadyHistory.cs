using Seatrial.Engine.Checks;
using Seatrial.Engine.Histories;
using Seatrial.Engine.Recovery;
using Seatrial.Engine.Specs;
using Seatrial.Engine.Tests.Checks;

namespace Seatrial.Engine.Tests.Recovery;

/// <summary>
/// A record every 10 ms into one queue for 30 s, claimed 2 ms later and done after another 3 ms, but for what a test
/// changes.
/// </summary>
internal sealed class SteadyHistory
{
    public static readonly DateTimeOffset Start = new(2026, 11, 24, 9, 0, 0, TimeSpan.Zero);

    private readonly List<HistoryEvent> _events = [];

    /// <param name="done">When a record that came at a millisecond is done; null is 5 ms later.</param>
    /// <param name="came">Whether one comes at a millisecond.</param>
    public SteadyHistory(Func<int, int>? done = null, Func<int, bool>? came = null)
    {
        for (var at = 0; at < 30_000; at += 10)
        {
            if (came?.Invoke(at) is false)
            {
                continue;
            }

            var end = done?.Invoke(at) ?? at + 5;
            Add(EventKind.Enqueue, at, at);
            Add(EventKind.Claim, at, end - 3, "a");
            Add(EventKind.Done, at, end, "a");
        }
    }

    /// <summary>Another event of the record that came at a millisecond, or of one that is in no one's way.</summary>
    public SteadyHistory Add(EventKind kind, int record, double at, string? owner = null, double? lease = null)
    {
        _events.Add(new HistoryEvent
        {
            Index = 0,
            CommitLsn = 0,
            Xid = 1,
            At = At(at),
            Kind = kind,
            Queue = "rpa1",
            Record = $"{record}",
            Owner = owner,
            LeaseUntil = lease is { } until ? At(until) : null,
        });
        return this;
    }

    public static DateTimeOffset Instant(double milliseconds) => Start.AddMilliseconds(milliseconds);

    public Timeline Timeline() => Judge().Timeline;

    public Judgement Judge() => new SimulatedTrial
    {
        Mapping = BuiltInMapping.ForWorker(["rpa1"]),
        Client = [],
        Events = [.. _events.OrderBy(one => one.At).Select((one, i) => one with
        {
            Index = i, CommitLsn = (ulong)i + 1, Xid = (uint)i + 1,
        })],
    }.Judge();

    private static long At(double milliseconds) => Instants.From(Instant(milliseconds));
}
