using Seatrial.Engine.Drivers;
using Seatrial.Engine.Faults.Hosts;

namespace Seatrial.Engine.Faults.Processes;

/// <summary>Freezes every process of a container, and wakes them.</summary>
internal sealed class PauseFault(FaultScene scene, FaultOrder order) : IFault
{
    private bool _begun;

    /// <inheritdoc/>
    public async Task<string> InjectAsync(CancellationToken cancellationToken)
    {
        _begun = true;
        await Freezer.PauseAsync(order.Target.Id, cancellationToken);
        return $"{order.Target.ShortName} frozen";
    }

    /// <inheritdoc/>
    public async Task<string> ConfirmAsync(CancellationToken cancellationToken)
    {
        var state = await scene.StateOfAsync(order.Target, cancellationToken);
        return state.Paused
            ? $"the engine has {order.Target.ShortName} paused{Freezing(state)}"
            : throw new FaultNotSeenException($"{order.Target.ShortName} is not paused.");
    }

    /// <inheritdoc/>
    public async Task<string> HealAsync(CancellationToken cancellationToken)
    {
        if (!_begun || await scene.Driver.Containers.InspectAsync(
            order.Target.Id, cancellationToken) is not { Paused: true })
        {
            return "nothing to wake";
        }

        await Freezer.UnpauseAsync(order.Target.Id, cancellationToken);
        return $"{order.Target.ShortName} woken";
    }

    /// <inheritdoc/>
    public async Task<string> ConfirmHealedAsync(CancellationToken cancellationToken)
    {
        var state = await scene.StateOfAsync(order.Target, cancellationToken);
        return state is { Running: true, Paused: false }
            ? $"{order.Target.ShortName} runs{Freezing(state)}"
            : throw new FaultNotSeenException($"{order.Target.ShortName} does not run after it was woken.");
    }

    private ICanPause Freezer => scene.Driver.Containers as ICanPause
        ?? throw new FaultNotSeenException("This driver can't pause a container.");

    /// <summary>What the kernel itself says, where it can be asked.</summary>
    private static string Freezing(ContainerState state)
    {
        if (ContainerHost.Of(state) is not { } host)
        {
            return "";
        }

        var group = host.Group("freezer");
        return group.IsUnified
            ? $", and cgroup.freeze is {group.Read("cgroup.freeze")}"
            : $", and freezer.state is {group.Read("freezer.state")}";
    }
}
