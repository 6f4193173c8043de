using System.Globalization;

namespace Seatrial.Engine.Faults.Networks;

/// <summary>What a fault does with packets: rules of iptables for the two ways.</summary>
/// <param name="In">Rules for what comes in, without their chain.</param>
/// <param name="Out">Rules for what goes out.</param>
/// <param name="What">For reports.</param>
internal sealed record PacketRules(IReadOnlyList<string> In, IReadOnlyList<string> Out, string What)
{
    public static PacketRules Partition(FaultOrder order, Peers peers) =>
        new(From(peers, "DROP"), To(peers, "DROP"), $"cut off from {peers.Name}");

    public static PacketRules PartitionIn(FaultOrder order, Peers peers) =>
        new(From(peers, "DROP"), [], $"hears nothing from {peers.Name}");

    public static PacketRules PartitionOut(FaultOrder order, Peers peers) =>
        new([], To(peers, "DROP"), $"says nothing to {peers.Name}");

    /// <summary>What is open stays; each new connection is refused at once.</summary>
    public static PacketRules Refuse(FaultOrder order, Peers peers) => new(
        [],
        [.. peers.Addresses.Select(address => $"-d {address} -p tcp --syn -j REJECT --reject-with tcp-reset")],
        $"refused by {peers.Name}");

    public static PacketRules Lose(FaultOrder order, Peers peers)
    {
        var chance = string.Create(
            CultureInfo.InvariantCulture, $"-m statistic --mode random --probability {order.By:0.####} -j DROP");
        return new(From(peers, chance, jump: false), [], $"loses packets from {peers.Name}");
    }

    private static string[] From(Peers peers, string target, bool jump = true) =>
        [.. peers.Addresses.Select(address => $"-s {address} {(jump ? "-j " : "")}{target}")];

    private static string[] To(Peers peers, string target) =>
        [.. peers.Addresses.Select(address => $"-d {address} -j {target}")];
}
