using Seatrial.Engine.Chaos;
using Seatrial.Engine.Checks;
using Seatrial.Engine.Faults;
using Seatrial.Engine.Runs;
using Seatrial.Suites.Distributed;

namespace Seatrial.Suites.Chaos;

/// <summary>
/// One round in an environment that records: load at a constant rate as long as the round's time and its faults last,
/// then quiet until all is done.
/// </summary>
internal sealed class RoundRun(
    TestEnvironment environment, FaultAbilities abilities, IProgress<TrialProgress> progress, TimeProvider clock)
{
    /// <summary>A fault that is not over so long after the round's time is not waited for.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(90);

    /// <summary>Runs it to its end; an interruption is in the outcome, not thrown.</summary>
    public async Task<TrialOutcome> RunAsync(ChaosRound round, CancellationToken cancellationToken)
    {
        var scene = environment.SceneBy(clock);
        var faults = new FaultSchedule(scene, environment.Plan, progress, new FaultTurns(), abilities);
        var lives = new ContainerLives(environment.Containers, faults.IsTarget);
        var began = clock.GetUtcNow();
        using var watching = new CancellationTokenSource();
        Task[] watches =
        [
            lives.WatchAsync(watching.Token), TrialCounts.ReportAsync(environment, progress, clock, watching.Token),
            Measuring.WatchAsync(environment, clock, watching.Token),
        ];
        string? stopped = null;
        try
        {
            var loaded = await LoadAsync(faults, round.For, cancellationToken);
            stopped = await new Draining(environment, clock).WaitAsync(
                loaded, () => faults.IsAtWork, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            stopped = TrialOutcome.Interrupted;
        }
        finally
        {
            await watching.CancelAsync();
            await Task.WhenAll(watches).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            progress.Report(TrialCounts.Of(environment));
        }

        return new TrialOutcome
        {
            LoadStartedAt = began,
            StoppedBecause = stopped,
            Drain = stopped is null ? DrainOutcome.Drained
                : cancellationToken.IsCancellationRequested ? DrainOutcome.Interrupted : DrainOutcome.DeadlinePassed,
            Faults = faults.Records,
            // What died in an earlier round was told there.
            Casualties = [.. lives.Casualties.Where(casualty => casualty.At >= began)],
            Workers = lives.Workers(environment.Log.Counts, environment.Plan.Spec.Mapping.Stages),
        };
    }

    /// <summary>Puts records in while the faults run; returns how many the database took.</summary>
    private async Task<long> LoadAsync(FaultSchedule faults, TimeSpan length, CancellationToken cancellationToken)
    {
        using var enough = new CancellationTokenSource();
        var loading = new Loading(environment, clock).RunAsync(
            environment.Plan.Spec.Workload, int.MaxValue, enough.Token, cancellationToken);
        try
        {
            await BreakAsync(faults, length, cancellationToken);
        }
        finally
        {
            await enough.CancelAsync();
            await Task.WhenAny(loading);
        }

        return await loading;
    }

    private async Task BreakAsync(FaultSchedule faults, TimeSpan length, CancellationToken cancellationToken)
    {
        using var due = new CancellationTokenSource(length, clock);
        using var over = new CancellationTokenSource(length + _patience, clock);
        await Task.WhenAll(
            faults.RunAsync(due.Token, over.Token, cancellationToken), Task.Delay(length, clock, cancellationToken));
    }
}
