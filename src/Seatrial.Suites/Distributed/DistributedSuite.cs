using Seatrial.Engine.Checks;
using Seatrial.Engine.Faults;
using Seatrial.Engine.Histories;
using Seatrial.Engine.Runs;
using Seatrial.Engine.Workloads;

namespace Seatrial.Suites.Distributed;

/// <summary>
/// Thousands of records through several workers while some of them are broken on purpose: puts the load in, runs the
/// faults when they are due, waits until everything is done. What happened is for the judge to say.
/// </summary>
internal sealed class DistributedSuite(
    TestEnvironment environment, IProgress<TrialProgress> progress, TimeProvider clock)
{
    private static readonly TimeSpan _betweenLooks = TimeSpan.FromMilliseconds(200);

    /// <summary>Runs to the end, or as far as it comes: an interruption and a standstill are in the outcome, not
    /// thrown.</summary>
    public async Task<TrialOutcome> RunAsync(CancellationToken cancellationToken)
    {
        var scene = new FaultScene(environment.Containers, environment.Driver, clock)
        {
            Log = environment.Log,
            Database = environment.Administration,
            Mapping = environment.Plan.Spec.Mapping,
        };
        var faults = new FaultSchedule(scene, environment.Plan, progress);
        var lives = new ContainerLives(environment.Containers, faults.IsTarget);
        var began = clock.GetUtcNow();
        using var over = new CancellationTokenSource();
        using var watching = new CancellationTokenSource();
        Task[] watches = [lives.WatchAsync(watching.Token), ReportCountsAsync(watching.Token)];
        string? stopped = null;
        var faultsRun = Task.CompletedTask;
        try
        {
            var load = LoadAsync(cancellationToken);
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

    /// <summary>Puts the records in, writing down what became of each batch; returns how many the database
    /// took.</summary>
    private async Task<long> LoadAsync(CancellationToken cancellationToken)
    {
        var plan = environment.Plan;
        var loader = new QueueLoader(environment.Database, plan.Spec.Workload, clock);
        await using var log = ClientLog.Create(environment.Folder.Path);
        var records = new RecordSource(plan.Spec.Workload).Read(plan.Records);
        var accepted = 0L;
        await foreach (var batch in loader.LoadAsync(records, cancellationToken))
        {
            accepted += batch.Outcome is AckOutcome.Failed ? 0 : batch.Keys.Count;
            await log.AppendAsync(Acknowledgements.Of(plan.Spec.Workload.Queue, batch));
        }

        // Not after an interruption: what became of the batch that was under way nobody knows.
        await log.CompleteAsync();
        return accepted;
    }

    private async Task ReportCountsAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            progress.Report(TrialCounts.Of(environment));
            await Task.Delay(_betweenLooks, clock, cancellationToken);
        }
    }
}
