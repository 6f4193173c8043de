using Seatrial.Engine.Histories;
using Seatrial.Engine.Runs;
using Seatrial.Engine.Trends;

namespace Seatrial.Engine.Recovery;

/// <summary>When what happened, from a whole history; instants are microseconds since 1970, as the log has
/// them.</summary>
public sealed class Timeline : IPace
{
    private const long LateAfter = 2_000_000;
    private const int MostLate = 20;

    private readonly long[][] _done;
    private readonly long[] _all;
    private readonly long[] _came;
    private readonly long[] _backlogAt;
    private readonly long[] _backlog;
    private readonly (long At, bool IsFirst)[] _claims;
    private readonly (long At, (long Length, int Stage) Wait)[] _waits;
    private readonly long[] _lost;

    internal Timeline(Moments moments)
    {
        Stages = moments.Stages;
        Lease = moments.Lease;

        // Commit times may go back by a little from one transaction of the log to the next.
        _done = [.. moments.Done.Select(one => one.Order().ToArray())];
        _all = [.. moments.Done.SelectMany(one => one).Order()];
        _came = [.. moments.Came.Order()];
        var changes = moments.Backlog.OrderBy(change => change.At).ToArray();
        _backlogAt = Array.ConvertAll(changes, change => change.At);
        _backlog = new long[changes.Length];
        var level = 0L;
        for (var i = 0; i < changes.Length; i++)
        {
            _backlog[i] = level += changes[i].Change;
        }

        _claims = [.. moments.Claims.OrderBy(claim => claim.At)];
        _waits = [.. moments.Waits.OrderBy(wait => wait.At)];
        _lost = [.. moments.Lost.Order()];
        Takeovers = [.. moments.Takeovers.OrderBy(takeover => takeover.At)];
    }

    internal IReadOnlyList<string> Stages { get; }

    /// <summary>In the order of time.</summary>
    internal IReadOnlyList<Takeover> Takeovers { get; }

    /// <summary>Those that came latest after the lease's end, when that was long: their stories are worth
    /// telling.</summary>
    internal IEnumerable<Takeover> Late => Takeovers
        .Where(takeover => takeover.Late > LateAfter)
        .OrderByDescending(takeover => takeover.Late)
        .Take(MostLate);

    /// <summary>The whole histories of records that were taken over late, by their names.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<HistoryEvent>> Stories { get; internal set; } =
        new Dictionary<string, IReadOnlyList<HistoryEvent>>();

    /// <summary>The longest that a claim was granted; null where there are none.</summary>
    internal long? Lease { get; }

    /// <summary>The last completion; 0 without one.</summary>
    internal long End => _all.Length == 0 ? 0 : _all[^1];

    /// <summary>Completions in [from, to) of a stage; of all where it is null.</summary>
    internal long Done(int? stage, long from, long to)
    {
        var times = stage is { } one ? _done[one] : _all;
        return Before(times, to) - Before(times, from);
    }

    /// <inheritdoc/>
    public long DoneIn(long fromTenth, long toTenth) =>
        Done(null, fromTenth * Tenths.Length, toTenth * Tenths.Length);

    /// <inheritdoc/>
    public long DueIn(long fromTenth, long toTenth) =>
        (Before(_came, toTenth * Tenths.Length) - Before(_came, fromTenth * Tenths.Length)) * Stages.Count;

    /// <summary>Records that waited or were held at an instant.</summary>
    internal long BacklogAt(long at)
    {
        var after = Before(_backlogAt, at + 1);
        return after == 0 ? 0 : _backlog[after - 1];
    }

    /// <summary>The most in [from, to).</summary>
    internal long HighestBacklog(long from, long to)
    {
        var most = BacklogAt(from);
        for (var i = Before(_backlogAt, from); i < _backlogAt.Length && _backlogAt[i] < to; i++)
        {
            most = Math.Max(most, _backlog[i]);
        }

        return most;
    }

    /// <summary>The first instant in [from, to) at which no more waited than <paramref name="level"/>; null without
    /// one.</summary>
    internal long? FirstBacklogOf(long level, long from, long to)
    {
        if (BacklogAt(from) <= level)
        {
            return from;
        }

        for (var i = Before(_backlogAt, from); i < _backlogAt.Length && _backlogAt[i] < to; i++)
        {
            if (_backlog[i] <= level)
            {
                return _backlogAt[i];
            }
        }

        return null;
    }

    /// <summary>Claims in [from, to), and those of them that were not the first of their record.</summary>
    internal (long All, long Again) Claims(long from, long to)
    {
        var (first, last) = (Before(_claims, from), Before(_claims, to));
        return (last - first, _claims.AsSpan(first, last - first).ToArray().Count(claim => !claim.IsFirst));
    }

    /// <summary>How long the records that were completed in [from, to) had been in their queue, shortest
    /// first.</summary>
    internal long[] Waits(long from, long to)
    {
        var (first, last) = (Before(_waits, from), Before(_waits, to));
        var waits = Array.ConvertAll(_waits[first..last], wait => wait.Wait.Length);
        Array.Sort(waits);
        return waits;
    }

    /// <summary>By the second of completion, over so many seconds.</summary>
    public LatencySeries Latency(DateTimeOffset zero, int seconds)
    {
        var (p50, p99) = (new double?[seconds], new double?[seconds]);
        for (var i = 0; i < seconds; i++)
        {
            var from = Instants.From(zero) + (i * 1_000_000L);
            if (Waits(from, from + 1_000_000) is { Length: > 0 } waits)
            {
                p50[i] = Rounded(waits[waits.Length / 2]);
                p99[i] = Rounded(waits[waits.Length * 99 / 100]);
            }
        }

        return new LatencySeries(p50, p99);
    }

    /// <summary>By stage and the second of completion, until the last completion.</summary>
    public IReadOnlyList<StageSeconds> Seconds(DateTimeOffset zero)
    {
        var from = Instants.From(zero);
        var length = Math.Max(0, End + 1 - from) / 1e6;
        var stages = Stages
            .Select(_ => Enumerable.Range(0, (int)Math.Ceiling(length)).Select(_ => new LatencyHistogram()).ToList())
            .ToList();
        foreach (var (at, wait) in _waits.AsSpan(Before(_waits, from)))
        {
            stages[wait.Stage][(int)((at - from) / 1_000_000)].Add(wait.Length);
        }

        return [.. Stages.Select((stage, i) => new StageSeconds(stage, length, stages[i]))];
    }

    /// <summary>By stage, the records that were in its queue at an instant and were completed later.</summary>
    public IReadOnlyList<LatencyHistogram> Left(DateTimeOffset at)
    {
        var from = Instants.From(at);
        var stages = Stages.Select(_ => new LatencyHistogram()).ToList();
        foreach (var (done, wait) in _waits.AsSpan(Before(_waits, from)))
        {
            if (done - wait.Length < from)
            {
                stages[wait.Stage].Add(wait.Length);
            }
        }

        return stages;
    }

    private static double Rounded(long microseconds) => Math.Round(microseconds / 1e6, 3);

    /// <summary>The first instant in [from, to) at which a record was taken from its holder; null without
    /// one.</summary>
    internal long? FirstLost(long from, long to)
    {
        var first = Before(_lost, from);
        return first < _lost.Length && _lost[first] < to ? _lost[first] : null;
    }

    private static int Before(long[] times, long at)
    {
        var (low, high) = (0, times.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = times[middle] < at ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private static int Before<T>((long At, T Value)[] times, long at)
    {
        var (low, high) = (0, times.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = times[middle].At < at ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
