using Seatrial.Engine.Checks;
using Seatrial.Engine.Faults;
using Seatrial.Engine.Plans;
using Seatrial.Engine.Runs;
using Seatrial.Suites.Distributed;

namespace Seatrial.Suites.FaultTolerance;

/// <summary>
/// One fault after the other on a system under a steady load: each is healed, and the system back to what it was,
/// before the next. What it cost is for the judge to say.
/// </summary>
internal sealed class FaultToleranceSuite(
    TestEnvironment environment, IProgress<TrialProgress> progress, TimeProvider clock)
{
    /// <summary>Runs to the end, or as far as it comes: an interruption is in the outcome, not thrown.</summary>
    public async Task<TrialOutcome> RunAsync(CancellationToken cancellationToken)
    {
        var began = clock.GetUtcNow();
        var abilities = await FaultAbilities.ProbeAsync(environment.Driver, cancellationToken);
        var plan = FaultSuitePlanner.Plan(environment.Plan, abilities.Missing);
        var turns = new SuiteTurns(environment, plan.Turns, progress, clock);
        var lives = new ContainerLives(environment.Containers, turns.IsTarget);
        var clients = new DeadClients(environment, clock);
        using var watching = new CancellationTokenSource();
        Task[] watches =
        [
            lives.WatchAsync(watching.Token), clients.WatchAsync(watching.Token),
            Measuring.WatchAsync(environment, clock, watching.Token),
            TrialCounts.ReportAsync(environment, progress, clock, watching.Token, isOpen: true),
        ];
        string? stopped = null;
        using var enough = new CancellationTokenSource();
        var workload = environment.Plan.Spec.Workload with { Rate = environment.Plan.Spec.Faults.Rate };
        var loading = new Loading(environment, clock).RunAsync(
            workload, int.MaxValue, enough.Token, cancellationToken);
        try
        {
            await turns.RunAsync(cancellationToken);
            await enough.CancelAsync();
            stopped = await new Draining(environment, clock).WaitAsync(
                await loading, isFaultAtWork: () => false, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            stopped = $"{TrialOutcome.Interrupted} after {turns.Over} of {plan.Turns.Count} faults";
        }
        finally
        {
            await enough.CancelAsync();
            await ((Task)loading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await watching.CancelAsync();
            await Task.WhenAll(watches).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            progress.Report(TrialCounts.Of(environment, isOpen: true));
        }

        return new TrialOutcome
        {
            LoadStartedAt = began,
            StoppedBecause = stopped,
            Drain = cancellationToken.IsCancellationRequested ? DrainOutcome.Interrupted
                : stopped is null ? DrainOutcome.Drained : DrainOutcome.DeadlinePassed,
            Faults = turns.Records,
            MissingFaults = plan.Missing,
            DeadClients = clients.All,
            Casualties = lives.Casualties,
            Workers = lives.Workers(environment.Log.Counts, environment.Plan.Spec.Mapping.Stages),
        };
    }
}
