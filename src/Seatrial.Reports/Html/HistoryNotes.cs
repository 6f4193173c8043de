using Seatrial.Engine.Histories;

namespace Seatrial.Reports.Html;

/// <summary>
/// Points a reader to the events that cannot stand beside those before them. The checks have judged already; this
/// only says where to look.
/// </summary>
internal static class HistoryNotes
{
    /// <summary>One an event, in order; null where nothing is to be said.</summary>
    public static IReadOnlyList<string?> Of(IReadOnlyList<HistoryEvent> history)
    {
        var notes = new string?[history.Count];
        var held = new Dictionary<string, HistoryEvent>();
        var (done, effects) = (new HashSet<string>(), new HashSet<string>());
        var epochs = new Dictionary<string, long>();
        for (var i = 0; i < history.Count; i++)
        {
            var now = history[i];
            var row = $"{now.Queue}/{now.Record}";
            notes[i] = now.Kind switch
            {
                EventKind.Illegal => "illegal",
                EventKind.Claim when held.TryGetValue(row, out var holder) =>
                    $"still held by {holder.Owner ?? "another"}",
                EventKind.Claim when done.Contains(row) => "claimed again after it was done",
                EventKind.Claim or EventKind.Enqueue or EventKind.Expire => null,
                EventKind.Renew or EventKind.Release or EventKind.Done or EventKind.Dead or EventKind.Effect
                    or EventKind.Removed => Both(Repeated(now, done, effects, row), Superseded(now, epochs, row)),
            };
            Remember(now, row, held, epochs);
        }

        return notes;
    }

    private static string? Both(string? first, string? second) =>
        first is null || second is null ? first ?? second : $"{first}; {second}";

    private static string? Superseded(HistoryEvent now, Dictionary<string, long> epochs, string row) =>
        now.Epoch is { } epoch && epochs.TryGetValue(row, out var latest) && epoch < latest
            ? $"epoch {epoch} was superseded by {latest}"
            : null;

    private static string? Repeated(HistoryEvent now, HashSet<string> done, HashSet<string> effects, string row) =>
        now.Kind switch
        {
            EventKind.Done => done.Add(row) ? null : "done once more",
            EventKind.Effect => effects.Add(row) ? null : "effect once more",
            EventKind.Enqueue or EventKind.Claim or EventKind.Renew or EventKind.Release or EventKind.Expire
                or EventKind.Dead or EventKind.Removed or EventKind.Illegal => null,
        };

    private static void Remember(
        HistoryEvent now, string row, Dictionary<string, HistoryEvent> held, Dictionary<string, long> epochs)
    {
        if (now.Kind is EventKind.Claim)
        {
            held[row] = now;
            epochs[row] = Math.Max(now.Epoch ?? 0, epochs.GetValueOrDefault(row));
        }
        else if (now.Kind is not EventKind.Renew and not EventKind.Effect)
        {
            held.Remove(row);
        }
    }
}
