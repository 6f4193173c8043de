using Seatrial.Engine.Histories;
using Seatrial.Engine.Runs;

namespace Seatrial.Engine.Checks;

/// <summary>Totals, shares and series from the same pass.</summary>
internal sealed class Tally(RecordTable records, DateTimeOffset? loadStartedAt)
{
    /// <summary>A clock that is days off must not fill the memory with empty seconds.</summary>
    private const int MostSeconds = 7 * 24 * 3600;

    private readonly QueueTally[] _queues = [.. records.Stages.Select(_ => new QueueTally())];
    private readonly Dictionary<(string Owner, int Stage), ShareTally> _shares = [];
    private long? _zero = loadStartedAt is { } start ? Instants.From(start) : null;

    public long Events { get; private set; }

    /// <summary>Records that the log saw come.</summary>
    public long Records { get; private set; }

    /// <summary>The zero of times.</summary>
    public long Zero => _zero ?? 0;

    /// <summary>Totals by stage.</summary>
    public IReadOnlyList<QueueSummary> Queues =>
        [.. _queues.Select((queue, stage) => queue.Summary(records.Stages[stage]))];

    /// <summary>Completions a second of a stage.</summary>
    public IReadOnlyList<long> DonePerSecond(int stage) => _queues[stage].Done.PerSecond;

    /// <summary>What each owner did in each stage.</summary>
    public IEnumerable<(string Owner, int Stage, ShareTally Share)> Shares =>
        _shares.Select(share => (share.Key.Owner, share.Key.Stage, share.Value));

    /// <summary>The second of the series that an instant falls into.</summary>
    public int SecondOf(long at) => (int)Math.Clamp((at - Zero) / 1_000_000, 0, MostSeconds - 1);

    public void Observe(in Observation seen)
    {
        ref readonly var happened = ref seen.Event;
        _zero ??= happened.At;
        Events++;
        var queue = _queues[seen.Before.Stage];
        var second = SecondOf(happened.At);
        switch (happened.Kind)
        {
            case EventKind.Enqueue:
                Records++;
                queue.Enqueued.Add(second);
                break;
            case EventKind.Claim:
                queue.Claims++;
                queue.Expiries += seen.Before.Phase is Phase.Running ? 1 : 0;
                ShareOf(happened.Owner, seen.Before.Stage, happened.At)?.Claim();
                break;
            case EventKind.Release:
                queue.Releases++;
                break;
            case EventKind.Expire:
                queue.Expiries++;
                break;
            case EventKind.Done:
                queue.Done.Add(second);
                ShareOf(happened.Owner ?? seen.Before.Owner, seen.Before.Stage, happened.At)?.Complete();
                break;
            case EventKind.Dead:
                queue.Dead++;
                queue.Left.Add(second);
                break;
            case EventKind.Removed:
                if (seen.Before.Phase is Phase.Ready or Phase.Running)
                {
                    queue.Left.Add(second);
                }

                break;
            case EventKind.Effect:
                queue.Effects++;
                break;
            case EventKind.Renew or EventKind.Illegal:
                break;
        }
    }

    /// <summary>Worker shares, in the order of stages and names.</summary>
    public IReadOnlyList<WorkerShare> Workers(IReadOnlyDictionary<string, string> containers) =>
    [
        .. _shares
            .OrderBy(share => share.Key.Stage).ThenBy(share => share.Key.Owner, StringComparer.Ordinal)
            .Select(share => new WorkerShare(
                share.Key.Owner,
                containers.GetValueOrDefault(share.Key.Owner),
                records.Stages[share.Key.Stage],
                share.Value.Claims,
                share.Value.Done)),
    ];

    /// <summary>Series of equal length, by stage.</summary>
    public IReadOnlyList<QueueSeries> Series()
    {
        var seconds = _queues.Max(queue => queue.Seconds);
        return [.. _queues.Select((queue, stage) => queue.Series(records.Stages[stage], seconds))];
    }

    private ShareTally? ShareOf(string? owner, int stage, long at)
    {
        if (owner is null)
        {
            return null;
        }

        if (!_shares.TryGetValue((owner, stage), out var share))
        {
            _shares.Add((owner, stage), share = new ShareTally(at));
        }

        return share;
    }

    private sealed class QueueTally
    {
        public Counts Enqueued { get; } = new();

        public Counts Done { get; } = new();

        /// <summary>Left undone.</summary>
        public Counts Left { get; } = new();

        public long Claims;
        public long Releases;
        public long Expiries;
        public long Dead;
        public long Effects;

        public int Seconds => Math.Max(Enqueued.Seconds, Math.Max(Done.Seconds, Left.Seconds));

        public QueueSummary Summary(string queue) =>
            new(queue, Enqueued.Total, Claims, Releases, Expiries, Done.Total, Dead, Effects);

        public QueueSeries Series(string queue, int seconds)
        {
            var backlog = new long[seconds];
            var waiting = 0L;
            for (var i = 0; i < seconds; i++)
            {
                waiting += Enqueued.At(i) - Done.At(i) - Left.At(i);
                backlog[i] = waiting;
            }

            return new QueueSeries(queue, Enqueued.Padded(seconds), Done.Padded(seconds), backlog);
        }
    }

    private sealed class Counts
    {
        private readonly List<long> _perSecond = [];

        public long Total { get; private set; }

        public int Seconds => _perSecond.Count;

        public IReadOnlyList<long> PerSecond => _perSecond;

        public void Add(int second)
        {
            while (_perSecond.Count <= second)
            {
                _perSecond.Add(0);
            }

            _perSecond[second]++;
            Total++;
        }

        public long At(int second) => second < _perSecond.Count ? _perSecond[second] : 0;

        public IReadOnlyList<long> Padded(int seconds) =>
            [.. _perSecond, .. Enumerable.Repeat(0L, seconds - _perSecond.Count)];
    }
}

/// <summary>What one owner did in one stage.</summary>
internal sealed class ShareTally(long firstAt)
{
    /// <summary>When it was first seen.</summary>
    public long FirstAt { get; } = firstAt;

    public long Claims { get; private set; }

    public long Done { get; private set; }

    public void Claim() => Claims++;

    public void Complete() => Done++;
}
