using Seatrial.Engine.Drivers;
using Seatrial.Engine.Environments;
using Seatrial.Engine.Plans;

namespace Seatrial.Engine.Faults;

/// <summary>
/// Crashes a worker: SIGKILL to its process from the host, at a moment when it holds records. Over when a new container
/// has taken its place and nobody waits for the dead one's records any more.
/// </summary>
public sealed class KillFault(FaultScene scene, PlannedFault plan) : IFault
{
    private const int KilledBySignal9 = 137;

    private RunningContainer? _victim;
    private RunningContainer? _successor;

    /// <inheritdoc/>
    public async Task<string> InjectAsync(CancellationToken cancellationToken)
    {
        var victim = scene.TargetOf(plan);
        await scene.SeeAsync(victim, "held a record", (owner, _) => owner.Held > 0, cancellationToken);
        var state = await scene.Driver.Containers.InspectAsync(victim.Id, cancellationToken)
            ?? throw new FaultNotSeenException($"{victim.ShortName} is not on the engine.");
        _victim = victim;
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
        await foreach (var told in scene.Environment.WatchAsync(cancellationToken))
        {
            if (told.ContainerId == victim.Id && told.Kind is EngineEventKind.Died)
            {
                var held = await HeldAsync(victim, cancellationToken);
                return told.ExitCode == KilledBySignal9
                    ? $"the engine saw {victim.ShortName} die with exit code {told.ExitCode}; {held}"
                    : throw new FaultNotSeenException(
                        $"{victim.ShortName} ended with exit code {told.ExitCode}, not with {KilledBySignal9}.");
            }
        }

        throw new FaultNotSeenException($"The engine's events ended before {victim.ShortName} died.");
    }

    /// <inheritdoc/>
    public async Task<string> HealAsync(CancellationToken cancellationToken)
    {
        if (_victim is not { } victim || _successor is not null)
        {
            return "nothing to replace";
        }

        var replacement = await scene.Environment.ReplaceAsync(victim, cancellationToken);
        _successor = replacement.New;
        return $"container {replacement.New.Id[..12]} replaces {victim.Id[..12]} as {victim.ShortName}";
    }

    /// <inheritdoc/>
    public async Task<string> ConfirmHealedAsync(CancellationToken cancellationToken)
    {
        var victim = _victim ?? throw new FaultNotSeenException("Nothing was killed.");
        var counts =
            await scene.SeeAsync(victim, "holds nothing any more", (owner, _) => owner.Held == 0, cancellationToken);
        return $"{victim.ShortName} is healthy again, and the {counts.Lost} records that the dead one held are free";
    }

    /// <summary>What the victim held once the log has been read past its death.</summary>
    private async Task<string> HeldAsync(RunningContainer victim, CancellationToken cancellationToken)
    {
        await scene.Log.SoundAsync(cancellationToken);
        var held = FaultScene.CountsOf(scene.Log.Counts, victim)?.Held ?? 0;
        return $"it held {held} records";
    }
}
