using Seatrial.Engine.Histories;

namespace Seatrial.Reports.Tests;

/// <summary>Histories of single records.</summary>
internal static class SampleHistories
{
    /// <summary>Completed a second time by an owner that had slept past its lease.</summary>
    public static readonly HistoryEvent[][] Zombies = [.. Enumerable.Range(0, 5).Select(i => Zombie(14_711 + (i * 7)))];

    public static string NameOf(HistoryEvent[] history) =>
        $"{history[0].Queue}/{history[0].Record} ({history[0].Key})";

    public static HistoryEvent Event(
        EventKind kind, double seconds, string? owner, long? epoch, (uint Xid, ulong Lsn) transaction) => new()
        {
            Index = (long)(seconds * 1000),
            CommitLsn = transaction.Lsn,
            Xid = transaction.Xid,
            At = Microseconds(seconds),
            Kind = kind,
            Queue = "rpa2",
            Record = "14711",
            Owner = owner,
            Epoch = epoch,
            Key = "gss:14711",
            LeaseUntil = kind is EventKind.Claim ? Microseconds(seconds + 5) : null,
        };

    private static HistoryEvent[] Zombie(int record) =>
    [
        .. new[]
        {
            Event(EventKind.Enqueue, 12.407, null, null, (88_412, 0x2A3C_8E10)),
            Event(EventKind.Claim, 13.981, "rpa2-41aa", 1, (88_950, 0x2A41_0A48)),
            Event(EventKind.Expire, 19.2, null, 1, (90_004, 0x2A44_D0B8)),
            Event(EventKind.Claim, 19.204, "rpa2-c0d9", 2, (90_005, 0x2A44_D900)),
            Event(EventKind.Effect, 19.241, "rpa2-c0d9", 2, (90_011, 0x2A44_E1C0)),
            Event(EventKind.Done, 19.241, "rpa2-c0d9", 2, (90_011, 0x2A44_E1C0)),
            Event(EventKind.Effect, 21.033, "rpa2-41aa", 1, (90_702, 0x2A51_D340)),
            Event(EventKind.Done, 21.033, "rpa2-41aa", 1, (90_702, 0x2A51_D340)),
        }.Select(e => e with { Record = $"{record}", Key = $"gss:{record}" }),
    ];

    private static long Microseconds(double seconds) =>
        Instants.ToMicroseconds(SampleRuns.Load) + (long)Math.Round(seconds * 1e6);
}
