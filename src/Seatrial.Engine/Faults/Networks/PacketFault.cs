namespace Seatrial.Engine.Faults.Networks;

/// <summary>Drops, loses or refuses packets between a container and its peers.</summary>
internal sealed class PacketFault(
    FaultScene scene, FaultOrder order, Func<FaultOrder, Peers, PacketRules> choose) : IFault
{
    private RuleChain? _chain;
    private Peers? _peers;

    /// <inheritdoc/>
    public async Task<string> InjectAsync(CancellationToken cancellationToken)
    {
        var host = await scene.HostOfAsync(order.Target, cancellationToken);
        _peers = await Peers.OfAsync(scene, order, cancellationToken);
        var rules = choose(order, _peers);
        _chain = new RuleChain(host, scene.Environment.Plan.RunId);
        await _chain.PutAsync(rules.In, rules.Out, cancellationToken);
        return $"{order.Target.ShortName} {rules.What} ({string.Join(", ", _peers.Addresses)})";
    }

    /// <inheritdoc/>
    public async Task<string> ConfirmAsync(CancellationToken cancellationToken)
    {
        var (chain, peers) = (Chain, Cut);
        while (true)
        {
            if (chain.IsLost)
            {
                throw new FaultNotSeenException($"{order.Target.ShortName} restarted, and with it the rules went.");
            }

            if (await chain.PacketsAsync(cancellationToken) is > 0 and var packets)
            {
                return $"{packets} packets met the rules";
            }

            await Probes.AnswersAsync(chain.Host, peers.Addresses[0], peers.Port, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async Task<string> HealAsync(CancellationToken cancellationToken)
    {
        if (_chain is not { } chain)
        {
            return "no rules to take away";
        }

        if (chain.IsLost)
        {
            return $"the rules went with the life of {order.Target.ShortName} that had them";
        }

        var packets = await chain.PacketsAsync(cancellationToken);
        await chain.RemoveAsync(cancellationToken);
        return $"rules taken away, which {packets} packets had met";
    }

    /// <inheritdoc/>
    public async Task<string> ConfirmHealedAsync(CancellationToken cancellationToken)
    {
        var (chain, peers) = (Chain, Cut);
        await chain.SeeGoneAsync(order.Target.ShortName, cancellationToken);

        return await scene.UntilAsync(
            async () => await Probes.AnswersAsync(chain.Host, peers.Addresses[0], peers.Port, cancellationToken)
                ? $"no rule is left, and {peers.Addresses[0]} answers" : null,
            cancellationToken);
    }

    private RuleChain Chain => _chain ?? throw new FaultNotSeenException("No rules were put.");

    private Peers Cut => _peers ?? throw new FaultNotSeenException("There was nobody to be cut off from.");
}
