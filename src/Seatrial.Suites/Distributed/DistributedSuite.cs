using Seatrial.Engine.Checks;
using Seatrial.Engine.Runs;

namespace Seatrial.Suites.Distributed;

/// <summary>
/// Thousands of records through several workers while some of them are broken on purpose: puts the load in, runs the
/// faults when they are due, waits until everything is done. What happened is for the judge to say.
/// </summary>
internal sealed class DistributedSuite(
    TestEnvironment environment, IProgress<TrialProgress> progress, TimeProvider clock)
{
    /// <summary>Runs to the end, or as far as it comes: an interruption and a standstill are in the outcome, not
    /// thrown.</summary>
    public async Task<TrialOutcome> RunAsync(CancellationToken cancellationToken)
    {
        var scene = environment.SceneBy(clock);
        var faults = new FaultSchedule(scene, environment.Plan, progress);
        var lives = new ContainerLives(environment.Containers, faults.IsTarget);
        var began = clock.GetUtcNow();
        using var over = new CancellationTokenSource();
        using var watching = new CancellationTokenSource();
        Task[] watches =
        [
            lives.WatchAsync(watching.Token), TrialCounts.ReportAsync(environment, progress, clock, watching.Token),
            Measuring.WatchAsync(environment, clock, watching.Token),
        ];
        string? stopped = null;
        var faultsRun = Task.CompletedTask;
        try
        {
            var load = new Loading(environment, clock).RunAsync(
                environment.Plan.Spec.Workload, environment.Plan.Records, CancellationToken.None, cancellationToken);
            faultsRun = faults.RunAsync(over.Token, over.Token, cancellationToken);
            var loaded = await load;
            stopped = await new Draining(environment, clock).WaitAsync(
                loaded, () => faults.IsAtWork, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            stopped = TrialOutcome.Interrupted;
        }
        finally
        {
            await over.CancelAsync();
            await faultsRun.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await watching.CancelAsync();
            await Task.WhenAll(watches).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            progress.Report(TrialCounts.Of(environment));
        }

        return new TrialOutcome
        {
            LoadStartedAt = began,
            StoppedBecause = faultsRun.IsCanceled ? TrialOutcome.Interrupted : stopped,
            Drain = Drain(stopped, faultsRun.IsCanceled || cancellationToken.IsCancellationRequested),
            Faults = faults.Records,
            Casualties = lives.Casualties,
            Workers = lives.Workers(environment.Log.Counts, environment.Plan.Spec.Mapping.Stages),
        };
    }

    private static DrainOutcome Drain(string? stopped, bool isInterrupted) =>
        isInterrupted ? DrainOutcome.Interrupted
        : stopped is null ? DrainOutcome.Drained
        : DrainOutcome.DeadlinePassed;
}
