using System.Globalization;
using Seatrial.Engine.Faults.Hosts;

namespace Seatrial.Engine.Faults.Networks;

/// <summary>Bounds the rate at which a container's interface sends, by the kernel's token bucket.</summary>
internal sealed class SlowLinkFault(FaultScene scene, FaultOrder order) : IFault
{
    /// <summary>By which our bound is known.</summary>
    public const string Handle = "5e:";

    private ContainerHost? _host;
    private Peers? _peers;
    private string _device = "";

    /// <inheritdoc/>
    public async Task<string> InjectAsync(CancellationToken cancellationToken)
    {
        var host = await scene.HostOfAsync(order.Target, cancellationToken);
        _peers = await Peers.OfAsync(scene, order, cancellationToken);

        // By its address: after a reconnection an interface has another name.
        var route = await HostScript.RunAsync($"ip -o route get {_peers.Addresses[0]}", host, cancellationToken);
        var words = route.Count > 0 ? route[0].Split(' ') : [];
        _device = words.SkipWhile(word => word is not "dev").Skip(1).FirstOrDefault()
            ?? throw new FaultNotSeenException($"{order.Target.ShortName} has no way to {_peers.Addresses[0]}.");
        _host = host;
        await HostScript.RunAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"tc qdisc add dev {_device} root handle {Handle} tbf rate {order.By * 8:0}bit burst 4kb latency 2s"),
            host, cancellationToken);
        return string.Create(
            CultureInfo.InvariantCulture, $"{order.Target.ShortName} sends {order.By:N0} bytes/s on {_device} at most");
    }

    /// <inheritdoc/>
    public async Task<string> ConfirmAsync(CancellationToken cancellationToken)
    {
        var (host, peers) = Both;
        while (true)
        {
            var shown = string.Join(' ', await HostScript.RunAsync(
                $"tc -s qdisc show dev {_device}", host, cancellationToken));
            if (!shown.Contains($"qdisc tbf {Handle}", StringComparison.Ordinal))
            {
                throw new FaultNotSeenException($"{_device} of {order.Target.ShortName} has no bound.");
            }

            if (!shown.Contains(" Sent 0 bytes", StringComparison.Ordinal))
            {
                return shown[shown.IndexOf("Sent", StringComparison.Ordinal)..];
            }

            await Probes.AnswersAsync(host, peers.Addresses[0], peers.Port, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async Task<string> HealAsync(CancellationToken cancellationToken)
    {
        if (_host is not { IsAlive: true } host)
        {
            return "nothing to lift";
        }

        var (lifted, _) = await HostScript.TryAsync(
            $"tc qdisc del dev {_device} root handle {Handle} tbf 2>/dev/null || tc qdisc del dev {_device} root",
            host, cancellationToken);
        return lifted ? "bound lifted" : "there was no bound";
    }

    /// <inheritdoc/>
    public async Task<string> ConfirmHealedAsync(CancellationToken cancellationToken)
    {
        var (host, _) = Both;
        if (!host.IsAlive)
        {
            throw new FaultNotSeenException($"{order.Target.ShortName} restarted, and that healed it early.");
        }

        var shown = await HostScript.RunAsync($"tc qdisc show dev {_device}", host, cancellationToken);
        return shown.Any(line => line.Contains("tbf", StringComparison.Ordinal))
            ? throw new FaultNotSeenException($"{_device} of {order.Target.ShortName} is still bounded.")
            : $"{_device} has no bound";
    }

    private (ContainerHost Host, Peers Peers) Both => _host is { } host && _peers is { } peers
        ? (host, peers) : throw new FaultNotSeenException("Nothing was bounded.");
}
