using Seatrial.Engine.Drivers;
using Seatrial.Engine.Faults.Hosts;

namespace Seatrial.Engine.Faults.Processes;

/// <summary>Stops the main process with SIGSTOP while the engine goes on to think that it runs.</summary>
internal sealed class SuspendFault(FaultScene scene, FaultOrder order) : IFault
{
    private ContainerHost? _host;

    /// <inheritdoc/>
    public async Task<string> InjectAsync(CancellationToken cancellationToken)
    {
        _host = await scene.HostOfAsync(order.Target, cancellationToken);
        await Signals.KillAsync(order.Target.Id, "SIGSTOP", cancellationToken);
        return $"SIGSTOP to process {_host.ProcessId} of {order.Target.ShortName}";
    }

    /// <inheritdoc/>
    public async Task<string> ConfirmAsync(CancellationToken cancellationToken)
    {
        var host = _host ?? throw new FaultNotSeenException("Nothing was stopped.");
        return await scene.UntilAsync(
            () => Task.FromResult(HostProcesses.StateOf(host.ProcessId) is 'T'
                ? $"the kernel has process {host.ProcessId} stopped, while the engine says that it runs" : null),
            cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<string> HealAsync(CancellationToken cancellationToken)
    {
        if (_host is not { IsAlive: true } host)
        {
            return "nothing to continue";
        }

        await Signals.KillAsync(order.Target.Id, "SIGCONT", cancellationToken);
        return $"SIGCONT to process {host.ProcessId}";
    }

    /// <inheritdoc/>
    public async Task<string> ConfirmHealedAsync(CancellationToken cancellationToken)
    {
        var host = _host ?? throw new FaultNotSeenException("Nothing was stopped.");
        return await scene.UntilAsync(
            () => Task.FromResult(HostProcesses.StateOf(host.ProcessId) switch
            {
                null => throw new FaultNotSeenException($"{order.Target.ShortName} ended while it was stopped."),
                'T' => null,
                { } state => $"the kernel has process {host.ProcessId} in state {state}",
            }),
            cancellationToken);
    }

    private ICanKill Signals => scene.Driver.Containers as ICanKill
        ?? throw new FaultNotSeenException("This driver can't send a signal.");
}
