using Seatrial.Engine.Faults.Hosts;

namespace Seatrial.Engine.Faults.Networks;

/// <summary>Resets every connection that a container has with its peers at this moment.</summary>
internal sealed class ResetFault(FaultScene scene, FaultOrder order) : IFault
{
    private ContainerHost? _host;
    private Peers? _peers;
    private IReadOnlyList<string> _reset = [];

    /// <inheritdoc/>
    public async Task<string> InjectAsync(CancellationToken cancellationToken)
    {
        var host = await scene.HostOfAsync(order.Target, cancellationToken);
        var peers = await Peers.OfAsync(scene, order, cancellationToken);
        (_host, _peers) = (host, peers);
        _reset = await scene.UntilAsync(
            async () => await Connections.ResetAsync(host, peers.Addresses, cancellationToken) is { Count: > 0 } hit
                ? hit : null,
            cancellationToken);
        return $"{_reset.Count} connections of {order.Target.ShortName} with {peers.Name} reset";
    }

    /// <inheritdoc/>
    public async Task<string> ConfirmAsync(CancellationToken cancellationToken)
    {
        var (host, peers) = Both;
        var open = await Connections.OpenAsync(host, peers.Addresses, cancellationToken);
        var left = open.Intersect(_reset).Count();
        return left == 0
            ? $"none of the {_reset.Count} is left"
            : throw new FaultNotSeenException($"{left} of {_reset.Count} connections are still there.");
    }

    /// <inheritdoc/>
    public Task<string> HealAsync(CancellationToken cancellationToken) =>
        Task.FromResult("nothing to heal: what was reset may be opened anew");

    /// <inheritdoc/>
    public async Task<string> ConfirmHealedAsync(CancellationToken cancellationToken)
    {
        var (host, peers) = Both;
        return await scene.UntilAsync(
            async () => (await Connections.OpenAsync(host, peers.Addresses, cancellationToken)).Except(_reset).Any()
                ? $"{order.Target.ShortName} has connections with {peers.Name} again"
                : await Probes.ConnectsAsync(host, peers.Addresses[0], peers.Port, cancellationToken)
                    ? $"{peers.Name} takes connections from {order.Target.ShortName}" : null,
            cancellationToken);
    }

    private (ContainerHost Host, Peers Peers) Both => _host is { } host && _peers is { } peers
        ? (host, peers) : throw new FaultNotSeenException("Nothing was reset.");
}
