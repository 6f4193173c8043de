using Seatrial.Engine.Histories;
using Seatrial.Engine.Plans;

namespace Seatrial.Suites.FaultTolerance;

/// <summary>
/// Throughput and backlog as they come, looked at ten times a second, so that a fault waits until the one before is
/// overcome. The figures of the report are the judge's own, from the log.
/// </summary>
internal sealed class SteadyState(WalRecorder log, TrialPlan plan, TimeProvider clock)
{
    /// <summary>Consecutive seconds that count as recovered.</summary>
    private const int Windows = 3;

    private const int LooksASecond = 10;
    private const double Enough = 0.9;

    /// <summary>A system that is not back within this time is taken as it is.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(40);

    private readonly List<(long Done, long Backlog)> _looks = [];

    /// <summary>How it is now.</summary>
    public Level Now()
    {
        var looks = _looks.TakeLast((Windows * LooksASecond) + 1).ToList();
        var done = Enumerable.Range(1, Windows)
            .Where(i => i * LooksASecond < looks.Count)
            .Select(i => looks[^(((i - 1) * LooksASecond) + 1)].Done - looks[^((i * LooksASecond) + 1)].Done)
            .Order()
            .ToList();
        return new Level(
            done.Count == 0 ? 0 : Math.Min(done[done.Count / 2], Usual), looks.Select(look => look.Backlog).DefaultIfEmpty().Max());
    }

    /// <summary>Ends when the load has come through all stages for some seconds.</summary>
    public Task WarmUpAsync(CancellationToken cancellationToken) => WatchAsync(
        new Level(Usual, long.MaxValue), cancellationToken);

    /// <summary>Ends when throughput and backlog are what they were.</summary>
    public Task SeeAgainAsync(Level before, CancellationToken cancellationToken) =>
        WatchAsync(before, cancellationToken);

    /// <summary>Records done a second when nothing is to be caught up.</summary>
    private long Usual => plan.Spec.Faults.Rate * plan.Spec.Mapping.Stages.Count;

    private async Task WatchAsync(Level wanted, CancellationToken cancellationToken)
    {
        var began = clock.GetTimestamp();
        _looks.Clear();
        while (clock.GetElapsedTime(began) < _patience && !IsBack(wanted))
        {
            var counts = log.Counts.Queues.Values;
            _looks.Add((counts.Sum(queue => queue.Done), counts.Sum(queue => queue.Backlog)));
            var next = TimeSpan.FromSeconds((double)_looks.Count / LooksASecond) - clock.GetElapsedTime(began);
            if (next > TimeSpan.Zero)
            {
                await Task.Delay(next, clock, cancellationToken);
            }
        }
    }

    private bool IsBack(Level wanted)
    {
        // The backlog of before at both ends: what lies between is the usual, and the measure of what comes next.
        if (_looks.Count <= Windows * LooksASecond
            || _looks[^1].Backlog > wanted.Backlog
            || _looks[^((Windows * LooksASecond) + 1)].Backlog > wanted.Backlog)
        {
            return false;
        }

        return Enumerable.Range(0, Windows).All(window =>
            _looks[^((window * LooksASecond) + 1)].Done - _looks[^(((window + 1) * LooksASecond) + 1)].Done
                >= wanted.Done * Enough);
    }

    /// <summary>Records done a second in the middle, and the highest backlog.</summary>
    internal readonly record struct Level(long Done, long Backlog);
}
