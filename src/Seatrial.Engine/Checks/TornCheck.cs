using Seatrial.Engine.Histories;

namespace Seatrial.Engine.Checks;

/// <summary>
/// Completion and effect are written together or not at all: each transaction has both of a record, or neither.
/// </summary>
internal sealed class TornCheck : ICheck
{
    private const int KeptCapacity = 4096;

    private readonly Offences _offences = new();
    private Dictionary<int, (bool Done, bool Effect, long Index)> _open = [];
    private TransactionWindow _window;

    public string Id => "torn";

    public string Title => "Each completion and its effect are in one transaction";

    public void Observe(in Observation seen)
    {
        if (_window.Moves(seen, out var whole))
        {
            Close(whole);
        }

        if (seen.Event.Kind is not (EventKind.Done or EventKind.Effect))
        {
            return;
        }

        var pair = _open.GetValueOrDefault(seen.Slot, (false, false, seen.Event.Index));
        _open[seen.Slot] = seen.Event.Kind is EventKind.Done ? pair with { Item1 = true } : pair with { Item2 = true };
    }

    public CheckOutcome Conclude(Trial trial)
    {
        Close(_window.IsWhole(trial.Gaps.Count == 0));
        return trial.Decide(
            _offences,
            $"{Words.Count(_offences.Count, "completion or effect", "completions or effects")} alone in a transaction.",
            "Every completion and its effect committed together.");
    }

    public string Tell(Offence offence, IReadOnlyList<HistoryEvent> history, Narrator narrator) =>
        narrator.Collision(offence, history, EventKind.Done, EventKind.Effect);

    private void Close(bool whole)
    {
        if (whole)
        {
            foreach (var (slot, (done, effect, index)) in _open)
            {
                if (done != effect)
                {
                    _offences.Add(slot, index, done
                        ? "no effect in the same transaction" : "no completion in the same transaction");
                }
            }
        }

        // A dictionary keeps its size when it is cleared, and clearing costs its size.
        if (_open.Count > KeptCapacity)
        {
            _open = [];
        }
        else
        {
            _open.Clear();
        }
    }
}
