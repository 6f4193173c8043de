using Seatrial.Engine.Histories;
using Seatrial.Engine.Specs;

namespace Seatrial.Engine.Checks;

/// <summary>Changes that no life of a record allows, among them a completed one that comes back.</summary>
internal sealed class IllegalCheck(QueueTable mapping) : ICheck
{
    private readonly Offences _offences = new();

    public string Id => "illegal";

    public string Title => "Records only change as their life allows";

    public void Observe(in Observation seen)
    {
        ref readonly var happened = ref seen.Event;
        ref readonly var before = ref seen.Before;
        if (happened.Kind is EventKind.Illegal)
        {
            _offences.Add(seen, illegal => illegal.Detail ?? "a change that no rule of the mapping allows");
        }
        else if (happened.Kind is EventKind.Claim && before.ClaimEpoch != RecordState.None
            && (happened.Epoch <= before.ClaimEpoch || happened.Epoch < before.MaxEpoch))
        {
            var last = Math.Max(before.ClaimEpoch, before.MaxEpoch);
            _offences.Add(seen, claim => $"epoch {claim.Epoch} is not above epoch {last}, which was handed out before");
        }
        else if (seen.IsSure && !IsLegal(happened.Kind, before))
        {
            var phase = before.Phase;
            _offences.Add(seen, _ => $"the record was {Name(phase)}");
        }
    }

    public CheckOutcome Conclude(Trial trial) => trial.Decide(
        _offences,
        $"{Words.Count(_offences.Count, "change")} that no life of a record allows.",
        $"{Words.Count(trial.Tally.Events, "change")}, all legal.");

    public string Tell(Offence offence, IReadOnlyList<HistoryEvent> history, Narrator narrator) => narrator.Collision(
        offence, history, EventKind.Claim, EventKind.Done, EventKind.Dead, EventKind.Removed, EventKind.Release,
        EventKind.Expire, EventKind.Enqueue);

    private bool IsLegal(EventKind kind, in RecordState before) => (before.Phase, kind) switch
    {
        (_, EventKind.Effect) or (Phase.Unclear, _) => true,
        (Phase.None, EventKind.Enqueue) => true,
        (Phase.Ready, EventKind.Claim or EventKind.Dead or EventKind.Removed) => true,
        (Phase.Ready, EventKind.Done) => mapping.Running.Count == 0 || before.Claims > 0,
        (Phase.Running, not EventKind.Enqueue) => true,
        (Phase.Done, EventKind.Removed) => true,
        (Phase.Dead, EventKind.Release or EventKind.Removed) => true,
        _ => false,
    };

    private static string Name(Phase phase) => phase switch
    {
        Phase.None => "never put in",
        Phase.Ready => "ready",
        Phase.Running => "claimed",
        Phase.Done => "completed already",
        Phase.Dead => "given up already",
        Phase.Removed => "deleted already",
        Phase.Unclear => "in no known state",
    };
}
