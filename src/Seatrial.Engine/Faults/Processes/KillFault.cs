using Seatrial.Engine.Drivers;
using Seatrial.Engine.Environments;
using Seatrial.Engine.Faults.Hosts;

namespace Seatrial.Engine.Faults.Processes;

/// <summary>
/// Crashes a worker: SIGKILL to its process from the host, at a moment when it holds records. Over when a new container
/// has taken its place and nobody waits for the dead one's records any more.
/// </summary>
internal sealed class KillFault(FaultScene scene, FaultOrder order, bool atOnce = false) : IFault
{
    private const int KilledBySignal9 = 137;

    private RunningContainer? _victim;
    private DateTimeOffset _since;
    private RunningContainer? _successor;

    /// <inheritdoc/>
    public async Task<string> InjectAsync(CancellationToken cancellationToken)
    {
        var victim = order.Target;
        if (!atOnce)
        {
            await scene.WaitUntilHoldingAsync(victim, cancellationToken);
        }

        var state = await scene.StateOfAsync(victim, cancellationToken);
        (_victim, _since) = (victim, state.StartedAt);
        if (HostProcesses.Kill(state))
        {
            return $"SIGKILL to process {state.ProcessId} of {victim.ShortName}, from the host";
        }

        if (scene.Driver.Containers is not ICanKill engine)
        {
            throw new FaultNotSeenException($"Neither the host nor the driver can kill {victim.ShortName}.");
        }

        await engine.KillAsync(victim.Id, "SIGKILL", cancellationToken);
        return $"SIGKILL to {victim.ShortName} through the engine, whose host's processes are not to be seen from here";
    }

    /// <inheritdoc/>
    public async Task<string> ConfirmAsync(CancellationToken cancellationToken)
    {
        var victim = _victim ?? throw new FaultNotSeenException("Nothing was killed.");
        var exitCode = await Lives.ExitCodeAsync(scene, victim, _since, cancellationToken);
        return exitCode == KilledBySignal9
            ? $"the engine saw {victim.ShortName} die with exit code {exitCode}"
                + await HeldAsync(victim, cancellationToken)
            : throw new FaultNotSeenException(
                $"{victim.ShortName} ended with exit code {exitCode}, not with {KilledBySignal9}.");
    }

    /// <inheritdoc/>
    public async Task<string> HealAsync(CancellationToken cancellationToken)
    {
        if (_victim is not { } victim || _successor is not null)
        {
            return "nothing to replace";
        }

        if (scene.IsDatabase(victim))
        {
            // Its data and its address are those of the container.
            return await Lives.StartAsync(scene, victim, cancellationToken);
        }

        var replacement = await scene.Environment.ReplaceAsync(victim, cancellationToken);
        _successor = replacement.New;
        return $"container {replacement.New.Id[..12]} replaces {victim.Id[..12]} as {victim.ShortName}";
    }

    /// <inheritdoc/>
    public async Task<string> ConfirmHealedAsync(CancellationToken cancellationToken)
    {
        var victim = _victim ?? throw new FaultNotSeenException("Nothing was killed.");
        if (_successor is null || !scene.IsWorker(victim))
        {
            return await Lives.SeeHealthyAsync(scene, _successor ?? victim, cancellationToken);
        }

        var counts =
            await scene.SeeAsync(victim, "holds nothing any more", (owner, _) => owner.Held == 0, cancellationToken);
        return $"{victim.ShortName} is healthy again, and the {counts.Lost} records that the dead one held are free";
    }

    /// <summary>What the victim held once the log has been read past its death.</summary>
    private async Task<string> HeldAsync(RunningContainer victim, CancellationToken cancellationToken)
    {
        if (scene.Log is not { } log || !scene.IsWorker(victim))
        {
            return "";
        }

        await log.SoundAsync(cancellationToken);
        var held = FaultScene.CountsOf(log.Counts, victim)?.Held ?? 0;
        return $"; it held {held} records";
    }
}
