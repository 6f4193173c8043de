using Seatrial.Engine.Histories;
using Seatrial.Engine.Specs;

namespace Seatrial.Engine.Checks;

/// <summary>
/// Two owners at once: a claim, or an expiry, while the holder's lease still ran, on the database's clock. A claim
/// after the lease's end is a takeover and right.
/// </summary>
internal sealed class OverlapCheck(QueueTable mapping) : ICheck
{
    private readonly Offences _offences = new();
    private long _unjudged;

    public long Takeovers { get; private set; }

    public string Id => "overlap";

    public string Title => "No record has two owners at once";

    public void Observe(in Observation seen)
    {
        ref readonly var happened = ref seen.Event;
        if (happened.Kind is not (EventKind.Claim or EventKind.Expire)
            || !seen.IsSure || seen.Before.Phase is not Phase.Running)
        {
            return;
        }

        if (seen.Before.LeaseUntil == RecordState.None && mapping.LeaseUntil is null)
        {
            _unjudged++;
        }
        else if (seen.Before.LeaseUntil == RecordState.None || seen.Before.LeaseUntil > happened.At)
        {
            var holder = seen.Before.Owner;
            _offences.Add(seen, _ => $"the lease of {holder ?? "its holder"} was not over");
        }
        else if (happened.Kind is EventKind.Claim)
        {
            Takeovers++;
        }
    }

    public CheckOutcome Conclude(Trial trial)
    {
        var cannotTell = this switch
        {
            _ when mapping.Running.Count == 0 =>
                "Can't be told: the mapping has no running state, so claims don't show.",
            _ when mapping.Owner is null && mapping.Epoch is null =>
                "Can't be told: the mapping names neither owner nor epoch.",
            { _unjudged: > 0 } =>
                $"Can't be told of {Words.Count(_unjudged, "takeover")}: the mapping names no column with the lease's end.",
            _ => null,
        };
        return trial.Decide(
            _offences,
            $"{Words.Count(_offences.Count, "record was", "records were")} claimed while another owner's lease still ran.",
            $"{Words.Count(trial.Tally.Queues.Sum(queue => queue.Claims), "claim")}, one owner at a time"
                + (Takeovers == 0 ? "." : $"; {Words.Count(Takeovers, "takeover")} after the lease's end."),
            cannotTell);
    }

    public string Tell(Offence offence, IReadOnlyList<HistoryEvent> history, Narrator narrator)
    {
        if (Narrator.At(history, offence.Index) is { } intruder
            && Narrator.LastBefore(history, offence.Index, EventKind.Claim, EventKind.Renew) is { } holder)
        {
            var lease = holder.LeaseUntil is { } until ? $"ran until {narrator.Time(until)}" : "had no end";
            return $"{narrator.Clause(intruder)}, while the lease of {narrator.Who(holder.Owner)} {lease}: "
                + $"{narrator.Clause(holder)}.";
        }

        return narrator.Collision(offence, history, EventKind.Claim);
    }
}
