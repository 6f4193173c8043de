using Seatrial.Engine.Histories;
using Seatrial.Engine.Specs;

namespace Seatrial.Engine.Checks;

/// <summary>
/// Writes of a worker that no longer has the record: with an epoch below one that was handed out before, or by another
/// than the holder. A completion after the lease's end that nobody else had claimed meanwhile is late and harmless.
/// </summary>
internal sealed class ZombieCheck(RecordMapping mapping) : ICheck
{
    private readonly Offences _offences = new();
    private readonly bool _effectsAreSigned = mapping.Effect.Owner is not null || mapping.Effect.Epoch is not null;
    private long _unjudged;
    private long _reclaimed;

    /// <summary>Harmless: see the type.</summary>
    public long Late { get; private set; }

    public string Id => "zombie";

    public string Title => "Nobody writes for a record that another worker has since been given";

    public void Observe(in Observation seen)
    {
        ref readonly var happened = ref seen.Event;
        ref readonly var before = ref seen.Before;
        if (happened.Kind is EventKind.Claim)
        {
            _reclaimed += before.Claims == 1 ? 1 : 0;
        }

        if (happened.Kind is not (EventKind.Done or EventKind.Effect or EventKind.Dead or EventKind.Renew))
        {
            return;
        }

        if (happened.Epoch < before.MaxEpoch && before.MaxEpoch != RecordState.None)
        {
            var newest = before.MaxEpoch;
            _offences.Add(seen, late => $"epoch {late.Epoch} was superseded by epoch {newest}");
        }
        else if (seen.IsSure)
        {
            Hold(seen);
        }
    }

    public CheckOutcome Conclude(Trial trial)
    {
        var cannotTell = this switch
        {
            _ when mapping.Queue is { Owner: null, Epoch: null } && !_effectsAreSigned =>
                "Can't be told: the mapping names neither owner nor epoch.",
            { _unjudged: > 0 } =>
                $"Can't be told of {Words.Count(_unjudged, "write")}: nothing in the rows says whose they are.",
            { _effectsAreSigned: false, _reclaimed: > 0 } =>
                $"Can't be told: {Words.Count(_reclaimed, "record was", "records were")} claimed again, and effects name neither "
                + "owner nor epoch.",
            _ => null,
        };
        return trial.Decide(
            _offences,
            $"{Words.Count(_offences.Count, "write")} by workers that no longer had the record.",
            "Every completion and every effect is its holder's"
                + (Late == 0
                    ? "." : $"; {Words.Count(Late, "write")} came after the lease's end, before anybody else's claim."),
            cannotTell);
    }

    public string Tell(Offence offence, IReadOnlyList<HistoryEvent> history, Narrator narrator) =>
        narrator.Collision(offence, history, EventKind.Claim, EventKind.Expire);

    private void Hold(in Observation seen)
    {
        ref readonly var happened = ref seen.Event;
        ref readonly var before = ref seen.Before;
        switch (before.Phase)
        {
            case Phase.Running or Phase.Done:
                if (happened.Owner is not null && before.Owner is not null && happened.Owner != before.Owner)
                {
                    var holder = before.Owner;
                    _offences.Add(seen, _ => $"{holder} held it");
                }
                else if (happened.Epoch > before.MaxEpoch && before.ClaimEpoch != RecordState.None)
                {
                    _offences.Add(seen, early => $"epoch {early.Epoch} was never handed out");
                }

                break;
            case Phase.Ready when mapping.Queue.Running.Count > 0 && happened.Kind is not EventKind.Dead:
                Unheld(seen);
                break;
            default:
                // Never there, given up or deleted: the other checks say so.
                break;
        }
    }

    /// <summary>A write for a record that nobody holds.</summary>
    private void Unheld(in Observation seen)
    {
        ref readonly var happened = ref seen.Event;
        ref readonly var before = ref seen.Before;
        var sameOwner = happened.Owner is not null && happened.Owner == before.Owner;
        if (before.Claims == 0)
        {
            _offences.Add(seen, _ => "nobody had claimed it");
        }
        else if (happened.Epoch > before.MaxEpoch)
        {
            _offences.Add(seen, early => $"epoch {early.Epoch} was never handed out");
        }
        else if (happened.Owner is not null && before.Owner is not null && !sameOwner)
        {
            _offences.Add(seen, _ => "nobody held it, and another worker was the last to");
        }
        else if (sameOwner || happened.Epoch is not null)
        {
            // The last holder's, and nobody else's since.
            Late++;
        }
        else
        {
            _unjudged++;
        }
    }
}
