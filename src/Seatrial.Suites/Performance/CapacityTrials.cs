using System.Globalization;
using Seatrial.Engine.Checks;
using Seatrial.Engine.Measurements.Latencies;
using Seatrial.Engine.Measurements.Trends;
using Seatrial.Engine.Thresholds;
using Seatrial.Engine.Workloads;

namespace Seatrial.Suites.Performance;

/// <summary>One short trial at a rate: do the objectives hold, and does the backlog stay?</summary>
internal sealed class CapacityTrials(
    TestEnvironment environment,
    OpenLoad load,
    Func<EntranceAnswers?> answers,
    Func<CancellationToken, Task<bool>> drainAsync,
    TimeProvider clock)
{
    /// <summary>A backlog of so many seconds' records does not come back within a trial.</summary>
    private const double TooMuch = 1.5;

    /// <summary>Of the rate, by which a backlog may seem to grow that does not.</summary>
    private const double Noise = 0.05;

    private static readonly TimeSpan _betweenLooks = TimeSpan.FromMilliseconds(50);

    /// <summary>A rate at which an objective's tail could not be seen within this time is not shown to hold
    /// it.</summary>
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(20);

    private int _number;

    /// <summary>Runs one, and waits until what it left is done.</summary>
    public async Task<CapacityTrial> TryAsync(double rate, CancellationToken cancellationToken)
    {
        var spec = environment.Plan.Spec.Performance;
        var name = string.Create(CultureInfo.InvariantCulture, $"search {++_number}: {rate:0}/s");
        using var enough = new CancellationTokenSource();
        var lasts = TimeSpan.FromSeconds(Math.Min(
            Math.Max(spec.Search.Trial.TotalSeconds, Needed(spec.Objectives) / rate), _longest.TotalSeconds));
        var live = (LiveLatencies?)null;
        var before = answers();
        var running = load.RunAsync(
            [new LoadPhase(name, new LoadShape.Constant(rate), lasts, IsMeasured: false)],
            latencies => live = latencies,
            enough.Token,
            cancellationToken);
        var grows = await GrowsAsync(running, rate, cancellationToken);
        await enough.CancelAsync();
        await running;
        var isDrained = await drainAsync(cancellationToken);
        return live is null ? CapacityTrial.Missed : live.Look(phases => grows || !isDrained || IsMissing(phases[0])
            ? CapacityTrial.Missed
            : !GeneratorCheck.Kept(phases[0])
                ? HeldUp(before, answers()) ? CapacityTrial.Missed : CapacityTrial.NotKept
            : Holds(phases) ? CapacityTrial.Held : CapacityTrial.Missed);
    }

    /// <summary>Whether something was not taken in, or nobody knows.</summary>
    private static bool IsMissing(MeasuredPhase phase) => phase.Refused + phase.Unanswered > 0;

    /// <summary>Whether the entrance had the generator ask again, and so was what kept it from its plan.</summary>
    private static bool HeldUp(EntranceAnswers? before, EntranceAnswers? after) => after?.Again > before?.Again;

    /// <summary>Records without which a percentile can't be told.</summary>
    private static double Needed(IReadOnlyList<Threshold> objectives) => objectives
        .Select(objective => objective.Quantile is { } part ? Latency.Needed(part) + 1 : 0)
        .DefaultIfEmpty()
        .Max();

    private bool Holds(IReadOnlyList<MeasuredPhase> phases) =>
        ThresholdChecks.Of(environment.Plan.Spec.Performance.Objectives, new MeasuredRun { Phases = phases })
            .All(check => check.Verdict is Verdict.Pass);

    /// <summary>Looks at the backlog until the load is over or there is no hope.</summary>
    private async Task<bool> GrowsAsync(Task running, double rate, CancellationToken cancellationToken)
    {
        var began = clock.GetTimestamp();
        var looks = new List<(double At, double Backlog)>();
        while (!running.IsCompleted)
        {
            var backlog = environment.Log.Counts.Queues.Values.Sum(queue => queue.Backlog);
            looks.Add((clock.GetElapsedTime(began).TotalSeconds, backlog));
            if (backlog > rate * TooMuch)
            {
                return true;
            }

            await Task.Delay(_betweenLooks, clock, cancellationToken);
        }

        return LeastSquares.Slope(looks[(looks.Count / 3)..]) > rate * Noise;
    }
}
