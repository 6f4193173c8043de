using Seatrial.Engine.Faults.Networks;

namespace Seatrial.Engine.Faults.Kinds;

/// <summary>What can happen to a container's network.</summary>
internal static class NetworkKinds
{
    private static readonly TimeSpan _usual = TimeSpan.FromSeconds(5);
    private static readonly FaultNeed[] _rules = [FaultNeed.Host, FaultNeed.Nsenter, FaultNeed.Iptables];

    public static IReadOnlyList<FaultKind> All { get; } =
    [
        Packets("partition", "No packet passes between it and its peers, in either direction.", PacketRules.Partition),
        Packets("partition-in", "It hears nothing from its peers, who hear it.", PacketRules.PartitionIn),
        Packets("partition-out", "Its peers hear nothing from it, which hears them.", PacketRules.PartitionOut),
        Packets("refuse", "Its new connections to its peers are refused; open ones stay.", PacketRules.Refuse),
        Packets("packet-loss", "Packets from its peers are lost at random.", PacketRules.Lose) with
        {
            Needs = [.. _rules, FaultNeed.Statistic],
            By = new FaultAmount(FaultUnit.Share, 0.3, "the part of the packets"),
        },
        new()
        {
            Name = "detach",
            Meaning = "Taken off its networks as if the cable were pulled, then put back.",
            Lane = FaultLane.Network,
            Needs = [FaultNeed.Attach],
            Hold = _usual,
            Make = (scene, order) => new DetachFault(scene, order),
        },
        new()
        {
            Name = "reset",
            Meaning = "Its connections with its peers are reset.",
            Lane = FaultLane.Network,
            Needs = [FaultNeed.Host, FaultNeed.Nsenter, FaultNeed.SocketKill],
            TakesPeer = true,
            Make = (scene, order) => new ResetFault(scene, order),
        },
        new()
        {
            Name = "slow-link",
            Meaning = "Its interface sends no faster than a rate, by the kernel's token bucket.",
            Lane = FaultLane.Network,
            Needs = [FaultNeed.Host, FaultNeed.Nsenter, FaultNeed.TokenBucket],
            By = new FaultAmount(FaultUnit.Bytes, 32 * 1024, "bytes a second"),
            Hold = _usual,
            TakesPeer = true,
            Make = (scene, order) => new SlowLinkFault(scene, order),
        },
        Names("dns-refused", "Its name servers refuse every query at once.", silent: false),
        Names("dns-silent", "Its name servers never answer.", silent: true),
    ];

    private static FaultKind Packets(
        string name, string meaning, Func<FaultOrder, Peers, PacketRules> rules) => new()
        {
            Name = name,
            Meaning = meaning,
            Lane = FaultLane.Network,
            Needs = _rules,
            Hold = _usual,
            TakesPeer = true,
            Make = (scene, order) => new PacketFault(scene, order, rules),
        };

    private static FaultKind Names(string name, string meaning, bool silent) => new()
    {
        Name = name,
        Meaning = meaning,
        Lane = FaultLane.Names,
        Needs = _rules,
        Hold = _usual,
        Make = (scene, order) => new DnsFault(scene, order, silent),
    };
}
