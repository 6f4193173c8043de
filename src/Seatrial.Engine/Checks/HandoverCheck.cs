using Seatrial.Engine.Histories;
using Seatrial.Engine.Specs;

namespace Seatrial.Engine.Checks;

/// <summary>
/// The way through the stages: each completion puts exactly one record with the same key into the next stage, in its
/// own transaction, and nothing else comes into a later stage.
/// </summary>
internal sealed class HandoverCheck(RecordMapping mapping) : ICheck
{
    private const int KeptCapacity = 4096;

    private readonly Offences _offences = new();
    private Dictionary<(int Stage, string Key), Handover> _open = [];
    private TransactionWindow _window;
    private long _handovers;

    public string Id => "handover";

    public string Title => "Each completion hands its record to the next stage, once, in the same transaction";

    public void Observe(in Observation seen)
    {
        if (_window.Moves(seen, out var whole))
        {
            Close(whole);
        }

        ref readonly var happened = ref seen.Event;
        if (happened.Key is not { } key)
        {
            return;
        }

        // Handed over are completions of a stage to arrivals in the next, so both meet under the next stage's number.
        if (happened.Kind is EventKind.Done && seen.Before.Stage < seen.LastStage)
        {
            var handover = _open.GetValueOrDefault((seen.Before.Stage + 1, key));
            _open[(seen.Before.Stage + 1, key)] = handover with
            {
                Completions = handover.Completions + 1,
                DoneSlot = seen.Slot,
                DoneIndex = happened.Index,
            };
        }
        else if (happened.Kind is EventKind.Enqueue
            && seen.Before.Stage > 0 && happened.Detail != HistoryFormat.PresentBefore)
        {
            var handover = _open.GetValueOrDefault((seen.Before.Stage, key));
            _open[(seen.Before.Stage, key)] = handover with
            {
                Arrivals = handover.Arrivals + 1,
                ArrivedSlot = seen.Slot,
                ArrivedIndex = happened.Index,
            };
        }
    }

    public CheckOutcome Conclude(Trial trial)
    {
        Close(_window.IsWhole(trial.Gaps.Count == 0));
        return trial.Decide(
            _offences,
            $"{Words.Count(_offences.Count, "hand-over")} missing, doubled or out of nowhere.",
            $"{Words.Count(_handovers, "hand-over")}, each in its completion's transaction.",
            mapping.Queue.Key is null
                ? "Can't be told: the mapping names no key by which a record is known in the next stage."
                : null);
    }

    public string Tell(Offence offence, IReadOnlyList<HistoryEvent> history, Narrator narrator) =>
        narrator.Collision(offence, history);

    private void Close(bool whole)
    {
        if (whole)
        {
            foreach (var ((stage, _), handover) in _open)
            {
                Judge(mapping.Stages[stage], handover);
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

    private void Judge(string stage, in Handover handover)
    {
        switch (handover)
        {
            case { Completions: var done, Arrivals: var arrived } when done == arrived:
                _handovers += done;
                break;
            case { Completions: 0 }:
                _offences.Add(
                    handover.ArrivedSlot, handover.ArrivedIndex,
                        "nothing was completed for it in the same transaction");
                break;
            case { Arrivals: 0 }:
                _offences.Add(
                    handover.DoneSlot, handover.DoneIndex,
                        $"nothing was put into {stage} for it in the same transaction");
                break;
            default:
                _offences.Add(
                    handover.ArrivedSlot,
                    handover.ArrivedIndex,
                    $"{Words.Count(handover.Completions, "completion")} put {Words.Count(handover.Arrivals, "record")} into {stage}");
                break;
        }
    }

    private readonly record struct Handover(
        int Completions, int Arrivals, int DoneSlot, long DoneIndex, int ArrivedSlot, long ArrivedIndex);
}
