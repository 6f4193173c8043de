using Seatrial.Engine.Faults.Hosts;

namespace Seatrial.Engine.Faults.Processes;

/// <summary>Kills a service's main process and keeps it down; healing starts the same container again.</summary>
internal sealed class CrashFault(FaultScene scene, FaultOrder order) : IFault
{
    private const int KilledBySignal9 = 137;

    private DateTimeOffset? _since;

    /// <inheritdoc/>
    public async Task<string> InjectAsync(CancellationToken cancellationToken)
    {
        var state = await scene.StateOfAsync(order.Target, cancellationToken);
        _since = state.StartedAt;
        return HostProcesses.Kill(state)
            ? $"SIGKILL to process {state.ProcessId} of {order.Target.ShortName}, from the host"
            : throw new FaultNotSeenException($"{order.Target.ShortName} can't be killed from this host.");
    }

    /// <inheritdoc/>
    public async Task<string> ConfirmAsync(CancellationToken cancellationToken)
    {
        var since = _since ?? throw new FaultNotSeenException("Nothing was killed.");
        var exitCode = await Lives.ExitCodeAsync(scene, order.Target, since, cancellationToken);
        return exitCode is KilledBySignal9
            ? $"the engine saw {order.Target.ShortName} die with exit code {exitCode}"
            : throw new FaultNotSeenException(
                $"{order.Target.ShortName} ended with exit code {exitCode}, not with {KilledBySignal9}.");
    }

    /// <inheritdoc/>
    public async Task<string> HealAsync(CancellationToken cancellationToken) => _since is null
        ? "nothing to start" : await Lives.StartAsync(scene, order.Target, cancellationToken);

    /// <inheritdoc/>
    public async Task<string> ConfirmHealedAsync(CancellationToken cancellationToken)
    {
        var seen = await Lives.SeeHealthyAsync(scene, order.Target, cancellationToken);
        if (!scene.IsDatabase(order.Target))
        {
            return seen;
        }

        await using var session = await scene.DatabaseOf(order).OpenAsync(scene.Clock, cancellationToken);
        return $"{seen}, and answers";
    }
}
