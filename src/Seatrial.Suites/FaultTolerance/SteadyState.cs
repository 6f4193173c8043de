using Seatrial.Engine.Faults;
using Seatrial.Engine.Histories;
using Seatrial.Engine.Plans;
using Seatrial.Engine.Recovery;

namespace Seatrial.Suites.FaultTolerance;

/// <summary>
/// Throughput and backlog as they come, so that a fault waits until the one before is overcome, by the rule that the
/// judge will measure it with.
/// </summary>
internal sealed class SteadyState(WalRecorder log, TrialPlan plan, TimeProvider clock)
{
    private const int Length = SteadyRule.Windows * SteadyRule.Window;

    private static readonly TimeSpan _betweenLooks = TimeSpan.FromMilliseconds(100);

    /// <summary>A young process compiles what it runs: what it uses until then is no measure of what comes
    /// next.</summary>
    private static readonly TimeSpan _youth = TimeSpan.FromSeconds(7);

    /// <summary>A system that is not back within this time is taken as it is.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(40);

    private readonly List<(long Tenth, long Backlog)> _looks = [];

    /// <summary>Records done a second when nothing is to be caught up.</summary>
    private long Usual => plan.Spec.Faults.Rate * plan.Spec.Mapping.Stages.Count;

    /// <summary>The most that waited in the last few seconds.</summary>
    public long Backlog() => _looks.TakeLast(Length).Select(look => look.Backlog).DefaultIfEmpty().Max();

    /// <summary>Ends when the load has come through all stages for some seconds, by processes that are no longer
    /// young.</summary>
    public Task WarmUpAsync(CancellationToken cancellationToken) =>
        WatchAsync(Tenths.After(clock.GetUtcNow() + _youth), Usual, long.MaxValue, cancellationToken);

    /// <summary>Ends when throughput and backlog are what they were before a fault.</summary>
    public Task SeeAgainAsync(FaultRecord fault, long backlog, CancellationToken cancellationToken) =>
        fault is { BeganAt: { } began }
            ? WatchAsync(
                Tenths.After(fault.HealedAt ?? clock.GetUtcNow()),
                SteadyRule.Before(log.Pace, Tenths.Of(began), Usual),
                backlog,
                cancellationToken)
            : Task.CompletedTask;

    private async Task WatchAsync(long from, long done, long backlog, CancellationToken cancellationToken)
    {
        var began = clock.GetTimestamp();
        _looks.Clear();
        while (clock.GetElapsedTime(began) < _patience)
        {
            var counts = log.Counts;
            var read = counts.LastEventAt is { } at ? Tenths.Of(at) : 0;
            _looks.Add((read, counts.Queues.Values.Sum(queue => queue.Backlog)));
            if (IsBack(from, read, done, backlog))
            {
                return;
            }

            await Task.Delay(_betweenLooks, clock, cancellationToken);
        }
    }

    /// <summary>The backlog of before at both ends: what lies between is the usual, and the measure of what comes
    /// next.</summary>
    private bool IsBack(long from, long read, long done, long backlog)
    {
        var begin = read - Length;
        var before = _looks.FindLast(look => look.Tenth <= begin);
        return begin >= from
            && before.Tenth > 0
            && before.Backlog <= backlog
            && _looks[^1].Backlog <= backlog
            && SteadyRule.IsBack(log.Pace, begin, done);
    }
}
