using Seatrial.Engine.Environments;
using Seatrial.Engine.Faults;
using Seatrial.Engine.Plans;
using Seatrial.Engine.Runs;

namespace Seatrial.Suites.Distributed;

/// <summary>Runs a plan's faults, each when the log shows that it is due.</summary>
internal sealed class FaultSchedule(
    FaultScene scene, TrialPlan system, IProgress<TrialProgress> progress)
{
    private readonly List<FaultRunner> _runners =
        [.. system.Faults.Select(fault =>
            new FaultRunner(fault, scene.Clock, record => progress.Report(new TrialProgress.FaultMoved(record))))];

    private Dictionary<PlannedFault, string?> _missing = [];

    /// <summary>Every fault as it stands, in the plan's order.</summary>
    public IReadOnlyList<FaultRecord> Records => [.. _runners.Select(runner => runner.Record)];

    /// <summary>Whether a fault has begun and is not over.</summary>
    public bool IsAtWork => Records.Any(record => record.IsAtWork);

    /// <summary>Whether a fault has this container in hand, so that its death is wanted.</summary>
    public bool IsTarget(RunningContainer container) => Records.Any(record => record.HasInHand(container));

    /// <summary>
    /// Ends when each fault has run, or can't run any more because <paramref name="over"/> says that the load is done.
    /// A fault that has begun is healed in any case.
    /// </summary>
    public async Task RunAsync(CancellationToken over, CancellationToken cancellationToken)
    {
        var plan = system.Faults;
        if (plan.Count > 0)
        {
            var abilities = await FaultAbilities.ProbeAsync(scene.Driver, cancellationToken);
            _missing = plan.ToDictionary(fault => fault, fault => abilities.Missing(
                FaultCatalogue.Of(fault.Spec.Kind),
                new FaultSubject(system.Project, system.Spec, fault.Spec.Service)));
        }

        await Task.WhenAll(plan.Zip(_runners, (fault, runner) => RunAsync(fault, runner, over, cancellationToken)));
    }

    private async Task RunAsync(
        PlannedFault fault, FaultRunner runner, CancellationToken over, CancellationToken cancellationToken)
    {
        if (_missing.GetValueOrDefault(fault) is { } reason)
        {
            runner.NotRun($"unavailable: {reason}");
        }
        else if (await IsDueAsync(fault, over, cancellationToken))
        {
            await runner.RunAsync(
                token => PreparedFault.PrepareAsync(scene, fault, token), over, cancellationToken);
        }
        else
        {
            runner.NotRun("All records were done before it was due.");
        }
    }

    private async Task<bool> IsDueAsync(PlannedFault fault, CancellationToken over, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(over, cancellationToken);
        try
        {
            return scene.Log is { } log && await log.WaitUntilAsync(
                counts => counts.Queues.TryGetValue(fault.Spec.Queue, out var queue) && queue.Done >= fault.DueAtDone,
                either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
