using Seatrial.Engine;
using Seatrial.Engine.Checks;
using Seatrial.Engine.Measurements.Databases;
using Seatrial.Engine.Runs;
using Seatrial.Engine.Specs;
using Seatrial.Engine.Workloads;
using Seatrial.Suites.Distributed;

namespace Seatrial.Suites.Performance;

/// <summary>
/// An open load in phases, and then the search for the highest rate that holds the objectives. What was measured is for
/// the judge to say; the search itself looks at the log as it comes.
/// </summary>
internal sealed class PerformanceSuite(
    TestEnvironment environment, IProgress<TrialProgress> progress, TimeProvider clock)
{
    /// <summary>How long a request to the entrance is sent again: as long as a caller who waits would.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(10);

    private readonly PerformanceSpec _spec = environment.Plan.Spec.Performance;
    private TimeSpan? _skew;

    /// <summary>Runs to the end, or as far as it comes: an interruption is in the outcome, not thrown.</summary>
    /// <exception cref="SeatrialException">The entrance does not answer, or the system does not take such
    /// records.</exception>
    public async Task<TrialOutcome> RunAsync(CancellationToken cancellationToken)
    {
        using var client = _spec.Entrance is { } entrance ? await ServiceAddress.ClientAsync(
            environment.Containers, environment.Driver, entrance, cancellationToken) : null;
        var http = client is null || _spec.Entrance is null ? null
            : new HttpLoader(client, _spec.Entrance, _patience, clock);
        IRecordLoader loader = http is null
            ? new QueueLoader(environment.Database, environment.Plan.Spec.Workload, clock) : http;
        var began = clock.GetUtcNow();
        var lives = new ContainerLives(environment.Containers, _ => false);
        using var watching = new CancellationTokenSource();
        Task[] watches =
        [
            lives.WatchAsync(watching.Token),
            Measuring.WatchAsync(environment, clock, watching.Token),
            TrialCounts.ReportAsync(environment, progress, clock, watching.Token, isOpen: true),
        ];
        string? stopped = null;
        CapacityResult? capacity = null;
        EntranceAnswers? answers = null;
        await using var load = new OpenLoad(environment, loader, clock);
        try
        {
            stopped = await LoadAsync(load, cancellationToken);

            // What is refused in the search is a rate that was missed.
            answers = http?.Answers;
            if (stopped is null && _spec.Search.Trials > 0)
            {
                (stopped, capacity) = await SearchAsync(load, () => http?.Answers, cancellationToken);
            }

            await load.CompleteAsync();
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            stopped = load.Phases.Count == 0
                ? TrialOutcome.Interrupted : $"{TrialOutcome.Interrupted} in phase {load.Phases[^1].Name}";
        }
        finally
        {
            await watching.CancelAsync();
            await Task.WhenAll(watches).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            progress.Report(TrialCounts.Of(environment, isOpen: true));
        }

        return new TrialOutcome
        {
            LoadStartedAt = began,
            StoppedBecause = stopped,
            Drain = Drained(stopped, cancellationToken),
            Faults = [],
            Phases = load.Phases,
            ClockSkew = _skew,
            Capacity = capacity,
            Entrance = answers ?? http?.Answers,
            Casualties = lives.Casualties,
            Workers = lives.Workers(environment.Log.Counts, environment.Plan.Spec.Mapping.Stages),
        };
    }

    private static DrainOutcome Drained(string? stopped, CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested ? DrainOutcome.Interrupted
        : stopped is null ? DrainOutcome.Drained : DrainOutcome.DeadlinePassed;

    /// <summary>Warms up, puts the load in and drains; returns why that was not to be waited for.</summary>
    private async Task<string?> LoadAsync(OpenLoad load, CancellationToken cancellationToken)
    {
        var first = _spec.Load[0];
        var rate = Math.Max(1, first.Shape.CountAt(first.Lasts.TotalSeconds, first.Lasts.TotalSeconds)
            / first.Lasts.TotalSeconds);
        LoadPhase[] warmUp = _spec.WarmUp > TimeSpan.Zero
            ? [new(PerformanceSpec.WarmUpPhase, new LoadShape.Constant(rate), _spec.WarmUp, IsMeasured: false)] : [];
        _skew = await ClockSkew.MeasureAsync(environment.Database, clock, cancellationToken);
        await load.RunAsync([.. warmUp, .. _spec.Load], _ => { }, CancellationToken.None, cancellationToken);
        return await DrainAsync(load, cancellationToken);
    }

    private async Task<(string? Stopped, CapacityResult? Capacity)> SearchAsync(
        OpenLoad load, Func<EntranceAnswers?> answers, CancellationToken cancellationToken)
    {
        string? stopped = null;
        var trials = new CapacityTrials(
            environment, load, answers, async token => (stopped = await DrainAsync(load, token)) is null, clock);
        var capacity = await new CapacitySearch(_spec.Search).RunAsync(
            one => stopped is null ? trials.TryAsync(one, cancellationToken) : Task.FromResult(CapacityTrial.Missed));
        return (stopped, capacity);
    }

    private Task<string?> DrainAsync(OpenLoad load, CancellationToken cancellationToken) =>
        new Draining(environment, clock).WaitAsync(load.Acknowledged, () => false, cancellationToken);
}
