using System.Net;
using System.Net.Sockets;

namespace Seatrial.Engine.Faults.Networks;

/// <summary>Takes a container's name servers away: they refuse at once, or, when silent, never answer.</summary>
internal sealed class DnsFault(FaultScene scene, FaultOrder order, bool silent) : IFault
{
    private RuleChain? _chain;
    private IReadOnlyList<string> _servers = [];

    /// <inheritdoc/>
    public async Task<string> InjectAsync(CancellationToken cancellationToken)
    {
        var host = await scene.HostOfAsync(order.Target, cancellationToken);
        _servers = [.. File.ReadLines(host.PathOf("/etc/resolv.conf"))
            .Select(line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            .Where(words => words is ["nameserver", _, ..] && IPAddress.TryParse(words[1], out var address)
                && address.AddressFamily is AddressFamily.InterNetwork)
            .Select(words => words[1])];
        if (_servers.Count == 0)
        {
            throw new FaultNotSeenException($"{order.Target.ShortName} asks no name server that has an IPv4 address.");
        }

        _chain = new RuleChain(host, scene.Environment.Plan.RunId);

        // The engine's own server is led elsewhere before the rules see it: there the port is another.
        await (silent
            ? _chain.PutAsync([.. _servers.Select(server => $"-s {server} -j DROP")], [], cancellationToken)
            : _chain.PutAsync([], [.. _servers.Select(server => $"-d {server} -j REJECT")], cancellationToken));
        return $"{string.Join(", ", _servers)} {(silent ? "never answers" : "refuses")} {order.Target.ShortName}";
    }

    /// <inheritdoc/>
    public async Task<string> ConfirmAsync(CancellationToken cancellationToken)
    {
        var chain = Chain;
        if (await Probes.ResolvesAsync(chain.Host, _servers[0], cancellationToken))
        {
            throw new FaultNotSeenException($"{_servers[0]} still answers.");
        }

        return await chain.PacketsAsync(cancellationToken) is > 0 and var packets
            ? $"a query had no answer, and {packets} packets met the rules"
            : throw new FaultNotSeenException("A query had no answer, but no packet met the rules.");
    }

    /// <inheritdoc/>
    public async Task<string> HealAsync(CancellationToken cancellationToken)
    {
        if (_chain is null)
        {
            return "no rules to take away";
        }

        await _chain.RemoveAsync(cancellationToken);
        return "rules taken away";
    }

    /// <inheritdoc/>
    public async Task<string> ConfirmHealedAsync(CancellationToken cancellationToken)
    {
        var chain = Chain;
        await chain.SeeGoneAsync(order.Target.ShortName, cancellationToken);

        return await scene.UntilAsync(
            async () => await Probes.ResolvesAsync(chain.Host, _servers[0], cancellationToken)
                ? $"{_servers[0]} answers" : null,
            cancellationToken);
    }

    private RuleChain Chain => _chain ?? throw new FaultNotSeenException("No rules were put.");
}
