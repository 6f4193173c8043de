using Seatrial.Engine.Checks;
using Seatrial.Engine.Runs;
using Seatrial.Suites.Distributed;

namespace Seatrial.Suites.Integration;

/// <summary>
/// A batch of records from HTTP through the balancer and every flow to its published result, with what everybody who
/// watches saw of it. What it means is for <see cref="IntegrationChecks"/> to say.
/// </summary>
internal sealed class IntegrationSuite(
    TestEnvironment environment, IProgress<TrialProgress> progress, TimeProvider clock)
{
    /// <summary>Runs to the end, or as far as it comes: an interruption is in the outcome, not thrown.</summary>
    public async Task<TrialOutcome> RunAsync(CancellationToken cancellationToken)
    {
        var began = clock.GetUtcNow();
        var lives = new ContainerLives(environment.Containers, _ => false);
        using var watching = new CancellationTokenSource();
        Task[] watches =
        [
            lives.WatchAsync(watching.Token), TrialCounts.ReportAsync(environment, progress, clock, watching.Token),
        ];
        var run = new IntegrationRun(environment, clock);
        string? stopped = null;
        try
        {
            stopped = await run.RunAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            stopped = TrialOutcome.Interrupted;
        }
        finally
        {
            await run.Evidence.SaveAsync(environment.Folder, CancellationToken.None);
            await watching.CancelAsync();
            await Task.WhenAll(watches).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            progress.Report(TrialCounts.Of(environment));
        }

        return new TrialOutcome
        {
            LoadStartedAt = began,
            StoppedBecause = stopped,
            Drain = cancellationToken.IsCancellationRequested ? DrainOutcome.Interrupted
                : stopped is null ? DrainOutcome.Drained : DrainOutcome.DeadlinePassed,
            Faults = [],
            ToBeGivenUp = [IntegrationRun.RejectedKey],
            Casualties = lives.Casualties,
            Workers = lives.Workers(environment.Log.Counts, environment.Plan.Spec.Mapping.Stages),
        };
    }
}
