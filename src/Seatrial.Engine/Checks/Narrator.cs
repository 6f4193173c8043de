using System.Globalization;
using Seatrial.Engine.Histories;

namespace Seatrial.Engine.Checks;

/// <summary>Puts events into words: who, when on the trial's clock, where in the log.</summary>
internal sealed class Narrator(long zero, IReadOnlyDictionary<string, string> containers)
{
    /// <summary><c>+3.214 s</c>.</summary>
    public string Time(long at) => at switch
    {
        long.MaxValue => "for ever",
        long.MinValue => "never",
        _ => string.Create(CultureInfo.InvariantCulture, $"{(at - zero) / 1e6:+0.000;-0.000} s"),
    };

    /// <summary><c>at +3.214 s (0/1A2B3C, transaction 771)</c>.</summary>
    public string When(in HistoryEvent happened) =>
        $"at {Time(happened.At)} ({LogPositions.Format(happened.CommitLsn)}, transaction {happened.Xid})";

    /// <summary>The container if it is known, with the owner as the row names it.</summary>
    public string Who(string? owner)
    {
        if (owner is null)
        {
            return "somebody whom the row does not name";
        }

        return containers.TryGetValue(owner, out var container)
            && container != owner ? $"{container} ({owner})" : owner;
    }

    /// <summary>
    /// The event as a clause: <c>rpa1-2 claimed it at +3.214 s (0/1A2B3C, transaction 771), epoch 2, lease until +8.214
    /// s</c>.
    /// </summary>
    public string Clause(in HistoryEvent happened)
    {
        var who = Who(happened.Owner);
        var clause = happened.Kind switch
        {
            EventKind.Enqueue => $"it was put in {When(happened)}",
            EventKind.Claim => $"{who} claimed it {When(happened)}",
            EventKind.Renew => $"{who} renewed its lease {When(happened)}",
            EventKind.Release => $"it was given back from {who} {When(happened)}",
            EventKind.Expire => $"it was taken from {who} after its lease {When(happened)}",
            EventKind.Done => $"{who} completed it {When(happened)}",
            EventKind.Dead => $"it was given up {When(happened)}",
            EventKind.Effect => $"{who} wrote its effect {When(happened)}",
            EventKind.Removed => $"its row was deleted {When(happened)}",
            EventKind.Illegal => $"{happened.Detail} {When(happened)}",
        };
        clause += happened.Epoch is { } epoch ? string.Create(CultureInfo.InvariantCulture, $", epoch {epoch}") : "";
        return happened is { Kind: EventKind.Claim or EventKind.Renew, LeaseUntil: { } lease }
            ? $"{clause}, lease until {Time(lease)}"
            : clause;
    }

    /// <summary>The last event of a kind before an index; null when there is none.</summary>
    public static HistoryEvent? LastBefore(
        IReadOnlyList<HistoryEvent> history, long index, params ReadOnlySpan<EventKind> kinds)
    {
        for (var i = history.Count - 1; i >= 0; i--)
        {
            if (history[i].Index < index && kinds.Contains(history[i].Kind))
            {
                return history[i];
            }
        }

        return null;
    }

    /// <summary>The event with this index; null when it is not in the part that was kept.</summary>
    public static HistoryEvent? At(IReadOnlyList<HistoryEvent> history, long index)
    {
        foreach (var happened in history)
        {
            if (happened.Index == index)
            {
                return happened;
            }
        }

        return null;
    }

    /// <summary>A story of the offending event and the one that it collides with.</summary>
    public string Collision(
        Offence offence, IReadOnlyList<HistoryEvent> history, params ReadOnlySpan<EventKind> earlierKinds)
    {
        var story = At(history, offence.Index) switch
        {
            null => $"{Sentence(offence.What)}.",
            { } itself when itself.Detail == offence.What => $"{Sentence(Clause(itself))}.",
            { } happened => $"{Sentence(Clause(happened))}: {offence.What}.",
        };
        return LastBefore(history, offence.Index, earlierKinds) is { } earlier
            ? $"{story} Before that, {Clause(earlier)}."
            : story;
    }

    /// <summary>With a capital, unless it begins with a name.</summary>
    private static string Sentence(string clause) =>
        clause.StartsWith("it", StringComparison.Ordinal) ? char.ToUpperInvariant(clause[0]) + clause[1..] : clause;
}
