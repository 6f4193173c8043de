using Seatrial.Engine.Measurements.Latencies;
using Seatrial.Engine.Recovery;

namespace Seatrial.Engine.Histories;

/// <summary>
/// Keeps <see cref="LiveCounts"/> as events arrive, and wakes those who wait for a condition on them.
/// </summary>
internal sealed class LiveView(IReadOnlyList<string> stages)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, QueueTally> _queues =
        stages.ToDictionary(stage => stage, _ => new QueueTally());
    private readonly Dictionary<string, OwnerTally> _owners = [];
    private readonly Dictionary<(string Queue, string Record), string> _lost = [];
    private readonly List<Waiter> _waiters = [];
    private long _events;
    private long _at;
    private string? _gap;
    private bool _ended;
    private bool _isWhole = true;

    /// <summary>The counts now.</summary>
    public LiveCounts Counts
    {
        get
        {
            lock (_lock)
            {
                return Snapshot();
            }
        }
    }

    /// <summary>How fast records come and get done.</summary>
    public LivePace Pace { get; } = new(stages);

    /// <summary>Takes events as well, while something is measured.</summary>
    public LiveLatencies? Latencies { get; set; }

    /// <summary>Whether somebody waits, so that it is worth looking.</summary>
    public bool HasWaiters => _waiters.Count > 0;

    /// <summary>Whether somebody waits for what may be over in a moment.</summary>
    public bool HasUrgentWaiters
    {
        get
        {
            lock (_lock)
            {
                return _waiters.Exists(waiter => waiter.IsUrgent);
            }
        }
    }

    public void Apply(in HistoryEvent happened, in RowState before)
    {
        lock (_lock)
        {
            _isWhole = false;
            _events++;
            _at = happened.At;
            Latencies?.Observe(happened);
            if (_queues.TryGetValue(happened.Queue, out var queue))
            {
                Count(queue, happened, before);
            }
        }
    }

    /// <summary>
    /// The transaction is counted to its end: only then may anything be concluded. Between a record's completion and
    /// its follow-up, which commit together, there would be nothing left to do.
    /// </summary>
    public void Commit()
    {
        lock (_lock)
        {
            _isWhole = true;
        }
    }

    /// <summary>True once the condition holds; false when the history ended before it did.</summary>
    public Task<bool> WaitUntilAsync(
        Func<LiveCounts, bool> condition, bool isUrgent, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_isWhole && condition(Snapshot()))
            {
                return Task.FromResult(true);
            }

            if (_ended)
            {
                return Task.FromResult(false);
            }

            var waiter = new Waiter(condition, isUrgent);
            _waiters.Add(waiter);
            return waiter.Met.Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Looks at every condition that is waited for, unless a transaction is under way.</summary>
    public void Evaluate()
    {
        lock (_lock)
        {
            if (_isWhole && _waiters.Count > 0)
            {
                var counts = Snapshot();
                _waiters.RemoveAll(waiter => waiter.Condition(counts) && waiter.Met.TrySetResult(true));
            }
        }
    }

    /// <summary>No more will come.</summary>
    public void End(string? gap)
    {
        Evaluate();
        lock (_lock)
        {
            _gap = gap;
            _ended = true;
            _waiters.ForEach(waiter => waiter.Met.TrySetResult(false));
            _waiters.Clear();
        }
    }

    private void Count(QueueTally queue, in HistoryEvent happened, in RowState before)
    {
        var wasHeld = before.Phase is Phase.Running;
        switch (happened.Kind)
        {
            case EventKind.Enqueue:
                queue.Enqueued++;
                Pace.Came(happened.Queue, happened.At);
                queue.Ready++;
                break;
            case EventKind.Claim:
                Claim(queue, happened, before);
                break;
            case EventKind.Release or EventKind.Expire:
                queue.Ready++;
                Leave(queue, before, happened.Kind is EventKind.Expire);
                break;
            case EventKind.Done:
                queue.Done++;
                Pace.Done(happened.At);
                Leave(queue, before, lost: false);
                if ((happened.Owner ?? before.Owner) is { } doer && before.Phase is not Phase.Done)
                {
                    OwnerOf(doer, happened).Done++;
                }

                break;
            case EventKind.Dead:
                queue.Dead++;
                Leave(queue, before, lost: false);
                break;
            case EventKind.Removed:
                Leave(queue, before, lost: false);
                break;
            case EventKind.Effect:
                queue.Effects++;
                break;
            case EventKind.Renew or EventKind.Illegal:
                break;
        }
    }

    private void Claim(QueueTally queue, in HistoryEvent happened, in RowState before)
    {
        queue.Claims++;
        if (before.Phase is Phase.Running)
        {
            Leave(queue, before, lost: true);
        }
        else
        {
            queue.Ready -= before.Phase is Phase.Ready ? 1 : 0;
        }

        queue.Running++;
        if (happened.Owner is not { } owner)
        {
            return;
        }

        var claimant = OwnerOf(owner, happened);
        claimant.Queue = happened.Queue;
        claimant.Claims++;
        claimant.Held++;
        claimant.LastClaimAt = happened.At;
        if (_lost.Remove((happened.Queue, happened.Record), out var loser) && loser != owner)
        {
            _owners[loser].TakenOver++;
        }
    }

    private void Leave(QueueTally queue, in RowState before, bool lost)
    {
        switch (before.Phase)
        {
            case Phase.Ready:
                queue.Ready--;
                return;
            case Phase.Running:
                queue.Running--;
                break;
            default:
                return;
        }

        if (before.Owner is not null && _owners.TryGetValue(before.Owner, out var holder))
        {
            holder.Held--;
            if (lost)
            {
                holder.Lost++;
                _lost[(before.Queue, before.Record)] = before.Owner;
            }
        }
    }

    private OwnerTally OwnerOf(string owner, in HistoryEvent happened)
    {
        if (!_owners.TryGetValue(owner, out var tally))
        {
            _owners.Add(owner, tally = new OwnerTally { Queue = happened.Queue });
        }

        return tally;
    }

    private LiveCounts Snapshot() => new()
    {
        Queues = _queues.ToDictionary(queue => queue.Key, queue => queue.Value.Counts),
        Owners = _owners.ToDictionary(owner => owner.Key, owner => owner.Value.Counts),
        Events = _events,
        LastEventAt = _events == 0 ? null : Instants.ToDateTimeOffset(_at),
        Gap = _gap,
    };

    private sealed record Waiter(Func<LiveCounts, bool> Condition, bool IsUrgent)
    {
        public TaskCompletionSource<bool> Met { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class QueueTally
    {
        public long Enqueued;
        public long Claims;
        public long Done;
        public long Dead;
        public long Effects;
        public long Ready;
        public long Running;

        public QueueCounts Counts => new(Enqueued, Claims, Done, Dead, Effects, Ready, Running);
    }

    private sealed class OwnerTally
    {
        public long Claims;
        public long Done;
        public long Held;
        public long Lost;
        public long TakenOver;
        public long LastClaimAt;

        public required string Queue { get; set; }

        public OwnerCounts Counts => new()
        {
            Queue = Queue,
            Claims = Claims,
            Done = Done,
            Held = Held,
            Lost = Lost,
            TakenOver = TakenOver,
            LastClaimAt = Instants.ToDateTimeOffset(LastClaimAt),
        };
    }
}
