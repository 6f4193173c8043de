using Seatrial.Engine.Drivers;
using Seatrial.Engine.Environments;
using Seatrial.Engine.Histories;

namespace Seatrial.Engine.Faults.Processes;

/// <summary>
/// Freezes a worker while it holds records, until the log shows that all of them were taken from it, then wakes it: the
/// one fault that tells fencing from luck. Between its transactions, where it can be caught there: what a frozen
/// transaction would have completed is rolled back for it.
/// </summary>
internal sealed class PausePastLeaseFault(FaultScene scene, FaultOrder order) : IFault
{
    /// <summary>Workers look for what is ready at least this often.</summary>
    private static readonly TimeSpan _takeover = TimeSpan.FromSeconds(5);

    private readonly Standstill _standstill = new(scene, order.Target);
    private RunningContainer? _frozen;
    private long _lostBefore;
    private long _takenOverBefore;
    private long _held;

    /// <inheritdoc/>
    public async Task<string> InjectAsync(CancellationToken cancellationToken)
    {
        var target = order.Target;
        var caught = await _standstill.CatchAsync(cancellationToken);
        (_held, _lostBefore, _takenOverBefore, _frozen) = (caught.Held, caught.Lost, caught.TakenOver, target);
        await Freezer.PauseAsync(target.Id, cancellationToken);
        return $"{target.ShortName} frozen while it held {_held} records";
    }

    /// <inheritdoc/>
    public async Task<string> ConfirmAsync(CancellationToken cancellationToken)
    {
        var frozen = _frozen ?? throw new FaultNotSeenException("Nothing was frozen.");
        var counts =
            await scene.SeeAsync(frozen, "lost all that it held", (owner, _) => owner.Held == 0, cancellationToken);
        if (counts.Lost == _lostBefore)
        {
            throw new FaultNotSeenException($"Nothing was taken from {frozen.ShortName}: what it held was completed.");
        }

        var isTakenOver = await IsTakenOverAsync(frozen, cancellationToken);
        var state = await scene.Driver.Containers.InspectAsync(frozen.Id, cancellationToken);
        return state is { Paused: true }
            ? "while the engine has it paused, the log shows that its lease ended: "
                + $"{counts.Lost - _lostBefore} of {_held} records were taken from it"
                + (isTakenOver ? ", and another has claimed of them" : "")
            : throw new FaultNotSeenException(
                $"{frozen.ShortName} was not paused any more when its records were taken from it.");
    }

    /// <summary>Waits for another worker to claim of what was taken: woken before, the frozen one could be first, and
    /// nothing would have changed hands.</summary>
    private async Task<bool> IsTakenOverAsync(RunningContainer frozen, CancellationToken cancellationToken)
    {
        if (scene.Environment.Containers.Count(container => container.Service == frozen.Service) < 2)
        {
            return false;
        }

        using var limit = new CancellationTokenSource(_takeover, scene.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await scene.SeeAsync(
                frozen, "lost what another has claimed since", (owner, _) => owner.TakenOver > _takenOverBefore,
                either.Token);
            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The others are broken, too, or busy.
            return false;
        }
    }

    /// <inheritdoc/>
    public async Task<string> HealAsync(CancellationToken cancellationToken)
    {
        var isFrozen = _frozen is { } frozen
            && await scene.Driver.Containers.InspectAsync(frozen.Id, cancellationToken) is { Paused: true };
        if (isFrozen)
        {
            await Freezer.UnpauseAsync(order.Target.Id, cancellationToken);
        }

        await _standstill.LetGoAsync(cancellationToken);
        return isFrozen ? $"{order.Target.ShortName} woken" : "nothing to wake";
    }

    /// <inheritdoc/>
    public async Task<string> ConfirmHealedAsync(CancellationToken cancellationToken)
    {
        var frozen = _frozen ?? throw new FaultNotSeenException("Nothing was frozen.");
        var before = FaultScene.CountsOf(Log.Counts, frozen)?.Claims ?? 0;
        var state = await scene.Driver.Containers.InspectAsync(frozen.Id, cancellationToken);
        if (state is not { Running: true, Paused: false })
        {
            throw new FaultNotSeenException($"{frozen.ShortName} does not run after it was woken.");
        }

        var counts = await scene.SeeAsync(
            frozen, "claimed again", (owner, log) => owner.Claims > before || log.Drained, cancellationToken);
        return counts.Claims > before
            ? $"{frozen.ShortName} runs and has claimed {counts.Claims - before} records since"
            : $"{frozen.ShortName} runs, and nothing is left to claim";
    }

    private WalRecorder Log => scene.Log
        ?? throw new FaultNotSeenException("Nobody records the log, in which a lease's end would be seen.");

    private ICanPause Freezer => scene.Driver.Containers as ICanPause
        ?? throw new FaultNotSeenException("This driver can't pause a container.");
}
