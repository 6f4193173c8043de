using Seatrial.Engine.Drivers;

namespace Seatrial.Engine.Faults.Networks;

/// <summary>Takes a container off all its networks, as if the cable were pulled, and puts it back.</summary>
internal sealed class DetachFault(FaultScene scene, FaultOrder order) : IFault
{
    private readonly List<NetworkMembership> _detached = [];

    /// <inheritdoc/>
    public async Task<string> InjectAsync(CancellationToken cancellationToken)
    {
        foreach (var network in order.Target.Addresses.Keys)
        {
            // Not to be cut in the middle: what was detached has to be known for healing.
            _detached.Add(await Cables.DetachAsync(order.Target.Id, network, CancellationToken.None));
            cancellationToken.ThrowIfCancellationRequested();
        }

        return $"{order.Target.ShortName} taken off {string.Join(", ", _detached.Select(one => one.Network))}";
    }

    /// <inheritdoc/>
    public async Task<string> ConfirmAsync(CancellationToken cancellationToken)
    {
        var state = await scene.StateOfAsync(order.Target, cancellationToken);
        var still = _detached.Where(one => state.Addresses.ContainsKey(one.Network)).ToList();
        return still.Count == 0 && _detached.Count > 0
            ? $"the engine says that {order.Target.ShortName} has no address there"
            : throw new FaultNotSeenException($"{order.Target.ShortName} is still on a network.");
    }

    /// <inheritdoc/>
    public async Task<string> HealAsync(CancellationToken cancellationToken)
    {
        var state = await scene.Driver.Containers.InspectAsync(order.Target.Id, cancellationToken);
        foreach (var one in _detached.Where(one => state?.Addresses.ContainsKey(one.Network) is false))
        {
            await Cables.AttachAsync(one, cancellationToken);
        }

        return _detached.Count == 0 ? "nothing to attach" : $"{order.Target.ShortName} put back";
    }

    /// <inheritdoc/>
    public async Task<string> ConfirmHealedAsync(CancellationToken cancellationToken)
    {
        var state = await scene.StateOfAsync(order.Target, cancellationToken);
        foreach (var one in _detached)
        {
            if (state.Addresses.GetValueOrDefault(one.Network) is not { } address)
            {
                throw new FaultNotSeenException($"{order.Target.ShortName} is not back on {one.Network}.");
            }

            if (address != one.Address)
            {
                throw new FaultNotSeenException(
                    $"{order.Target.ShortName} came back to {one.Network} as {address}, and had been {one.Address}.");
            }
        }

        return $"{order.Target.ShortName} is back under its address";
    }

    private ICanAttach Cables => scene.Driver.Networks as ICanAttach
        ?? throw new FaultNotSeenException("This driver can't take a container off a network.");
}
