using Seatrial.Engine.Environments;
using Seatrial.Engine.Faults.Hosts;

namespace Seatrial.Engine.Faults.Ledger;

/// <summary>A fault that stands in the ledger from before it is injected until it is healed.</summary>
internal sealed class LedgeredFault(FaultScene scene, RunningContainer target, IFault fault) : IFault
{
    private string? _file;

    /// <inheritdoc/>
    public async Task<string> InjectAsync(CancellationToken cancellationToken)
    {
        var state = await scene.StateOfAsync(target, cancellationToken);
        _file = FaultLedger.Write(ContainerMender.Look(scene, target, ContainerHost.Of(state)));
        return await fault.InjectAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public Task<string> ConfirmAsync(CancellationToken cancellationToken) => fault.ConfirmAsync(cancellationToken);

    /// <inheritdoc/>
    public async Task<string> HealAsync(CancellationToken cancellationToken)
    {
        var evidence = await fault.HealAsync(cancellationToken);
        if (_file is not null)
        {
            File.Delete(_file);
        }

        return evidence;
    }

    /// <inheritdoc/>
    public Task<string> ConfirmHealedAsync(CancellationToken cancellationToken) =>
        fault.ConfirmHealedAsync(cancellationToken);
}
