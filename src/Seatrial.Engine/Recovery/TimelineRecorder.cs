using System.Runtime.InteropServices;
using Seatrial.Engine.Checks;
using Seatrial.Engine.Histories;

namespace Seatrial.Engine.Recovery;

/// <summary>Notes, in the judge's own pass over the history, when what happened.</summary>
internal sealed class TimelineRecorder(RecordTable records)
{
    private readonly Moments _moments = new(records.Stages);
    private readonly List<Hold> _holds = [];

    public void Observe(in Observation seen)
    {
        ref readonly var happened = ref seen.Event;
        while (_holds.Count <= seen.Slot)
        {
            _holds.Add(default);
        }

        ref var hold = ref CollectionsMarshal.AsSpan(_holds)[seen.Slot];
        switch (happened.Kind)
        {
            case EventKind.Enqueue:
                hold.EnqueuedAt = happened.At;
                if (seen.Before.Stage == 0)
                {
                    _moments.Came.Add(happened.At);
                }

                _moments.Backlog.Add((happened.At, 1));
                break;
            case EventKind.Claim:
                Claim(seen, ref hold);
                break;
            case EventKind.Renew:
                (hold.ClaimedAt, hold.LeaseUntil) = (happened.At, happened.LeaseUntil);
                break;
            case EventKind.Expire:
                hold.IsLost = hold.Owner is not null;
                _moments.Lost.Add(happened.At);
                break;
            case EventKind.Release:
                hold.Owner = null;
                break;
            case EventKind.Done:
                _moments.Done[seen.Before.Stage].Add(happened.At);
                if (hold.EnqueuedAt > 0)
                {
                    _moments.Waits.Add((happened.At, (happened.At - hold.EnqueuedAt, seen.Before.Stage)));
                }

                Leave(seen, ref hold);
                break;
            case EventKind.Dead or EventKind.Removed:
                Leave(seen, ref hold);
                break;
            case EventKind.Effect or EventKind.Illegal:
                break;
        }
    }

    public Timeline Timeline() => new(_moments);

    private void Claim(in Observation seen, ref Hold hold)
    {
        ref readonly var happened = ref seen.Event;
        _moments.Claims.Add((happened.At, seen.Before.Claims == 0));
        if (happened.LeaseUntil is > 0 and < long.MaxValue and var until)
        {
            _moments.Lease = Math.Max(_moments.Lease ?? 0, until - happened.At);
        }

        var isTaken = seen.Before.Phase is Phase.Running;
        if (isTaken)
        {
            _moments.Lost.Add(happened.At);
        }

        if (hold.Owner is { } before && (isTaken || hold.IsLost) && before != happened.Owner)
        {
            _moments.Takeovers.Add(new Takeover(
                seen.Slot, records.Label(seen.Slot), before, happened.Owner,
                hold.ClaimedAt, hold.LeaseUntil, happened.At));
        }

        (hold.Owner, hold.ClaimedAt, hold.LeaseUntil, hold.IsLost) =
            (happened.Owner, happened.At, happened.LeaseUntil, false);
    }

    private void Leave(in Observation seen, ref Hold hold)
    {
        hold.Owner = null;
        if (seen.Before.Phase is Phase.Ready or Phase.Running)
        {
            _moments.Backlog.Add((seen.Event.At, -1));
        }
    }

    private struct Hold
    {
        public long EnqueuedAt;
        public string? Owner;
        public long ClaimedAt;
        public long? LeaseUntil;
        public bool IsLost;
    }
}
