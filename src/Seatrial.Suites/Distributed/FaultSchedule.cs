using Seatrial.Engine.Environments;
using Seatrial.Engine.Faults;
using Seatrial.Engine.Plans;
using Seatrial.Engine.Runs;
using Seatrial.Engine.Specs;

namespace Seatrial.Suites.Distributed;

/// <summary>Runs a plan's faults, each when the log shows that it is due.</summary>
/// <param name="scene">Where they play.</param>
/// <param name="system">What they are.</param>
/// <param name="progress">Is told of each step.</param>
/// <param name="turns">Keeps those apart that may not overlap; null where the plan wants them as it has them.</param>
/// <param name="abilities">What the machine can do, where it is known already.</param>
internal sealed class FaultSchedule(
    FaultScene scene,
    TrialPlan system,
    IProgress<TrialProgress> progress,
    FaultTurns? turns = null,
    FaultAbilities? abilities = null)
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
    /// A fault whose trigger has not fired by <paramref name="due"/> never runs. One that has begun is healed in any
    /// case.
    /// </summary>
    public async Task RunAsync(CancellationToken due, CancellationToken over, CancellationToken cancellationToken)
    {
        var plan = system.Faults;
        if (plan.Count > 0)
        {
            var able = abilities ?? await FaultAbilities.ProbeAsync(scene.Driver, cancellationToken);
            _missing = plan.ToDictionary(fault => fault, fault => able.Missing(
                FaultCatalogue.Of(fault.Spec.Kind),
                new FaultSubject(system.Project, system.Spec, fault.Spec.Service)));
        }

        var watch = new TriggerWatch(scene);
        await Task.WhenAll(plan.Zip(
            _runners,
            (fault, runner) => RunAsync(
                fault, runner, () => IsDueAsync(fault, watch, due, cancellationToken), over, cancellationToken)));
    }

    private async Task RunAsync(
        PlannedFault fault,
        FaultRunner runner,
        Func<Task<bool>> isDue,
        CancellationToken over,
        CancellationToken cancellationToken)
    {
        if (_missing.GetValueOrDefault(fault) is { } reason)
        {
            runner.NotRun($"unavailable: {reason}");
        }
        else if (await isDue())
        {
            using var turn = turns is null ? null : await turns.EnterAsync(
                FaultCatalogue.Of(fault.Spec.Kind), Places(fault), cancellationToken);
            await runner.RunAsync(
                token => PreparedFault.PrepareAsync(scene, fault, token), over, cancellationToken);
        }
        else
        {
            runner.NotRun(fault.Spec.At is FaultTrigger.Part
                ? "All records were done before it was due."
                : "Its trigger never fired: the load was over before.");
        }
    }

    private static IReadOnlyList<string> Places(PlannedFault fault) =>
        [.. fault.Numbers.Select(number => $"{fault.Spec.Service}-{number}")];

    private static async Task<bool> IsDueAsync(
        PlannedFault fault, TriggerWatch watch, CancellationToken due, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(due, cancellationToken);
        try
        {
            return await watch.WaitAsync(fault, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
