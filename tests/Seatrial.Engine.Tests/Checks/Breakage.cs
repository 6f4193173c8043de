using Seatrial.Engine.Histories;

namespace Seatrial.Engine.Tests.Checks;

/// <summary>One way to break a history, and the check that must see it.</summary>
internal sealed record Breakage(string Name, string Check, Func<SimulatedTrial, int, SimulatedTrial?> Break)
{
    public override string ToString() => Name;
}

/// <summary>Edits of a history that keep what they do not break: dense indexes, ordered positions.</summary>
internal static class Edits
{
    /// <summary>The nth event that fits, round and round; null when none does.</summary>
    public static HistoryEvent? Pick(this SimulatedTrial trial, int n, Func<HistoryEvent, bool> fits)
    {
        var fitting = trial.Events.Where(fits).ToList();
        return fitting.Count == 0 ? null : fitting[n % fitting.Count];
    }

    public static bool IsSameRecord(this HistoryEvent one, HistoryEvent other) =>
        one.Queue == other.Queue && one.Record == other.Record;

    public static SimulatedTrial With(this SimulatedTrial trial, IEnumerable<HistoryEvent> events) =>
        trial with { Events = [.. events.Select((happened, i) => happened with { Index = i })] };

    public static SimulatedTrial Without(this SimulatedTrial trial, Func<HistoryEvent, bool> dropped) =>
        trial.With(trial.Events.Where(happened => !dropped(happened)));

    public static SimulatedTrial Replace(
        this SimulatedTrial trial, HistoryEvent replaced, Func<HistoryEvent, HistoryEvent> change) =>
        trial.With(trial.Events.Select(happened => happened.Index == replaced.Index ? change(happened) : happened));

    /// <summary>Puts events into the transaction of <paramref name="after"/>, right behind it.</summary>
    public static SimulatedTrial InsertAfter(
        this SimulatedTrial trial, HistoryEvent after, params HistoryEvent[] inserted) =>
        trial.With(trial.Events.SelectMany(
            happened => happened.Index == after.Index ? [happened, .. inserted] : new[] { happened }));

    /// <summary>Puts events into transactions of their own, behind the transaction of
    /// <paramref name="after"/>.</summary>
    public static SimulatedTrial InsertBehind(
        this SimulatedTrial trial, HistoryEvent after, params HistoryEvent[] inserted)
    {
        var last = trial.Events.Last(happened => happened.CommitLsn == after.CommitLsn);
        return trial.InsertAfter(
            last,
            [.. inserted.Select(happened =>
                happened with { CommitLsn = after.CommitLsn + 0x10, Xid = after.Xid + 100_000, At = last.At + 1 })]);
    }

    public static SimulatedTrial Append(this SimulatedTrial trial, params HistoryEvent[] appended)
    {
        var last = trial.Events[^1];
        return trial.With(
            [.. trial.Events, .. appended.Select(happened =>
                happened with { CommitLsn = last.CommitLsn + 0x80, Xid = last.Xid + 1, At = last.At + 1 })]);
    }
}
