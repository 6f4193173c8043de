using Seatrial.Engine.Histories;

namespace Seatrial.Reports.Html;

/// <summary>
/// A claim's time: columns from claim to the end of its right to the record, and, where its owner acted on it later
/// all the same, on to its last act.
/// </summary>
internal sealed record Ownership(int From, int To, int LastAct)
{
    /// <summary>Each claim's, in order.</summary>
    public static IEnumerable<Ownership> Of(IReadOnlyList<HistoryEvent> history)
    {
        for (var from = 0; from < history.Count; from++)
        {
            if (history[from].Kind is EventKind.Claim)
            {
                var to = End(history, from);
                yield return new Ownership(from, to, LastActOf(history, from, to));
            }
        }
    }

    private static int End(IReadOnlyList<HistoryEvent> history, int claim)
    {
        var to = claim + 1;
        while (to < history.Count && history[to].Kind is EventKind.Renew or EventKind.Effect)
        {
            to++;
        }

        return Math.Min(to, history.Count - 1);
    }

    private static int LastActOf(IReadOnlyList<HistoryEvent> history, int claim, int end)
    {
        var owner = history[claim];
        var last = end;
        for (var i = end + 1; i < history.Count; i++)
        {
            var now = history[i];
            if (now.Kind is EventKind.Claim && now.Owner == owner.Owner)
            {
                break;
            }

            if (now.Owner == owner.Owner && now.Epoch == owner.Epoch && now.Kind is not EventKind.Expire)
            {
                last = i;
            }
        }

        return last;
    }
}
