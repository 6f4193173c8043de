using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using Seatrial.Engine.Proxies;

namespace Seatrial.Engine.Faults.Networks;

/// <summary>
/// Leads a container's connections to the database through a proxy on this host, which then does something to them.
/// Nothing of the system changes: a rule in the container's network turns them, and those that are open are reset.
/// </summary>
/// <param name="scene">Where.</param>
/// <param name="order">For whom.</param>
/// <param name="apply">What the proxy is told.</param>
/// <param name="evidence">What shows that it did it; null until it does.</param>
internal sealed class ProxyFault(
    FaultScene scene, FaultOrder order, Action<TcpProxy> apply, Func<ProxyCounts, string?> evidence) : IFault
{
    private readonly List<TcpProxy> _proxies = [];
    private RuleChain? _chain;
    private Peers? _peers;

    /// <inheritdoc/>
    public async Task<string> InjectAsync(CancellationToken cancellationToken)
    {
        var host = await scene.HostOfAsync(order.Target, cancellationToken);
        var port = scene.DatabaseOf(order).Port;
        var peers = await Peers.OfAsync(scene, order, cancellationToken);
        _peers = peers;
        var rules = new List<string>();
        foreach (var address in peers.Addresses)
        {
            var proxy = new TcpProxy(
                BridgeTo(address), new IPEndPoint(IPAddress.Parse(address), port), order.Seed, scene.Clock);
            apply(proxy);
            _proxies.Add(proxy);
            rules.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"-d {address} -p tcp --dport {port} -j DNAT --to-destination {proxy.Address}"));
        }

        _chain = new RuleChain(host, scene.Environment.Plan.RunId, table: "nat");
        await _chain.PutAsync([], rules, cancellationToken);
        var reset = await Connections.ResetAsync(host, peers.Addresses, cancellationToken);
        return $"{order.Target.ShortName} reaches {peers.Name} through {_proxies[0].Address}; {reset.Count} connections reset";
    }

    /// <inheritdoc/>
    public async Task<string> ConfirmAsync(CancellationToken cancellationToken)
    {
        var chain = Chain;
        return await scene.UntilAsync(
            () => chain.IsLost
                ? throw new FaultNotSeenException($"{order.Target.ShortName} restarted, and with it the rule went.")
                : Task.FromResult(
                    _proxies.Select(proxy => evidence(proxy.Counts)).FirstOrDefault(seen => seen is not null)),
            cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<string> HealAsync(CancellationToken cancellationToken)
    {
        if (_proxies.Count == 0)
        {
            return "no proxy to take away";
        }

        if (_chain is not null)
        {
            await _chain.RemoveAsync(cancellationToken);
        }

        foreach (var proxy in _proxies)
        {
            await proxy.DisposeAsync();
        }

        return "rule and proxy taken away";
    }

    /// <inheritdoc/>
    public async Task<string> ConfirmHealedAsync(CancellationToken cancellationToken)
    {
        var (chain, peers) = (Chain, _peers ?? throw new FaultNotSeenException("No proxy was put in the way."));
        await chain.SeeGoneAsync(order.Target.ShortName, cancellationToken);

        return await scene.UntilAsync(
            async () => await Probes.ConnectsAsync(chain.Host, peers.Addresses[0], peers.Port, cancellationToken)
                ? $"{order.Target.ShortName} reaches {peers.Name} directly" : null,
            cancellationToken);
    }

    private RuleChain Chain => _chain ?? throw new FaultNotSeenException("No proxy was put in the way.");

    /// <summary>This host's own address on the network of an address.</summary>
    private static IPAddress BridgeTo(string address)
    {
        var wanted = IPAddress.Parse(address);
        return NetworkInterface.GetAllNetworkInterfaces()
            .SelectMany(one => one.GetIPProperties().UnicastAddresses)
            .Where(one => one.Address.AddressFamily == wanted.AddressFamily
                && new IPNetwork(Masked(one.Address, one.PrefixLength), one.PrefixLength).Contains(wanted))
            .OrderByDescending(one => one.PrefixLength)
            .Select(one => one.Address)
            .FirstOrDefault()
            ?? throw new FaultNotSeenException($"This host has no address on the network of {address}.");
    }

    private static IPAddress Masked(IPAddress address, int length)
    {
        var bytes = address.GetAddressBytes();
        for (var i = 0; i < bytes.Length; i++)
        {
            var left = Math.Clamp(length - (i * 8), 0, 8);
            bytes[i] = (byte)(bytes[i] & (0xFF << (8 - left)));
        }

        return new IPAddress(bytes);
    }
}
