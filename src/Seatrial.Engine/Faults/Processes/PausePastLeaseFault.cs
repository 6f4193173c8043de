using Seatrial.Engine.Drivers;
using Seatrial.Engine.Environments;
using Seatrial.Engine.Faults.Databases;
using Seatrial.Engine.Histories;

namespace Seatrial.Engine.Faults.Processes;

/// <summary>
/// Freezes a worker while it holds records, until the log shows that all of them were taken from it, then wakes it: the
/// one fault that tells fencing from luck. Between its transactions, where it can be caught there: what a frozen
/// transaction would have completed is rolled back for it.
/// </summary>
internal sealed class PausePastLeaseFault(FaultScene scene, FaultOrder order) : IFault
{
    private const int MostAttempts = 100;

    /// <summary>So many attempts wait for a moment between transactions; one that works within a single one has
    /// none.</summary>
    private const int ChoosyAttempts = 50;

    private static readonly TimeSpan _onItsWay = TimeSpan.FromMilliseconds(100);

    private RunningContainer? _stopped;
    private RunningContainer? _frozen;
    private long _lostBefore;
    private long _held;

    /// <inheritdoc/>
    public async Task<string> InjectAsync(CancellationToken cancellationToken)
    {
        var target = order.Target;
        for (var attempt = 1; attempt <= MostAttempts; attempt++)
        {
            await scene.SeeAsync(target, "held a record", (owner, _) => owner.Held > 0, cancellationToken);
            await CatchAsync(target, cancellationToken);

            // What the freezer caught it with shows only when a completion that was on its way has arrived, and the log
            // has been read up to now.
            await Task.Delay(_onItsWay, scene.Clock, cancellationToken);
            await Log.SoundAsync(cancellationToken);
            var isCaught = attempt > ChoosyAttempts || !await IsInTransactionAsync(cancellationToken);
            if (isCaught && FaultScene.CountsOf(Log.Counts, target) is { Held: > 0 } counts)
            {
                (_held, _lostBefore) = (counts.Held, counts.Lost);
                if (_frozen is null)
                {
                    _frozen = target;
                    await Freezer.PauseAsync(target.Id, cancellationToken);
                }

                return $"{target.ShortName} frozen while it held {_held} records";
            }

            await HealAsync(cancellationToken);
            _frozen = null;
        }

        throw new FaultNotSeenException(
            $"In {MostAttempts} attempts {target.ShortName} was never caught holding a record.");
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

        var state = await scene.Driver.Containers.InspectAsync(frozen.Id, cancellationToken);
        return state is { Paused: true }
            ? $"while the engine has it paused, the log shows that its lease ended: {counts.Lost - _lostBefore} of {_held} records were taken from it"
            : throw new FaultNotSeenException(
                $"{frozen.ShortName} was not paused any more when its records were taken from it.");
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

        if (_stopped is { } stopped && Signals is { } signals)
        {
            await signals.KillAsync(stopped.Id, "SIGCONT", cancellationToken);
            _stopped = null;
        }

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

    /// <summary>By a signal, which takes a tenth of the time that the freezer does: it holds records for a few
    /// milliseconds only.</summary>
    private async Task CatchAsync(RunningContainer target, CancellationToken cancellationToken)
    {
        if (Signals is { } signals)
        {
            _stopped = target;
            await signals.KillAsync(target.Id, "SIGSTOP", cancellationToken);
        }
        else
        {
            _frozen = target;
            await Freezer.PauseAsync(target.Id, cancellationToken);
        }
    }

    private async Task<bool> IsInTransactionAsync(CancellationToken cancellationToken)
    {
        if (scene.Database is not { } database)
        {
            return false;
        }

        await using var session = await database.OpenAsync(scene.Clock, cancellationToken);
        var sessions = await Sessions.OfAsync(session, scene, order.Target, cancellationToken);
        return await Sessions.InTransactionAsync(session, sessions, cancellationToken) > 0;
    }

    private ICanKill? Signals => scene.Driver.Containers as ICanKill;

    private WalRecorder Log => scene.Log
        ?? throw new FaultNotSeenException("Nobody records the log, in which a lease's end would be seen.");

    private ICanPause Freezer => scene.Driver.Containers as ICanPause
        ?? throw new FaultNotSeenException("This driver can't pause a container.");
}
