namespace Seatrial.Engine.Faults;

/// <summary>
/// Which faults may be at work on one container at the same time. One that ends or cuts off what another needs to be
/// seen would leave both unproven.
/// </summary>
public static class FaultOverlaps
{
    private static readonly string[] _hard =
    [
        "partition", "partition-in", "partition-out", "refuse", "detach", "reset", "half-open", "commit-ack-lost",
        "out-of-memory", "processes-exhausted", "memory-short",
    ];

    /// <summary>Whether both may be at work on the same container.</summary>
    public static bool MayShare(FaultKind one, FaultKind other) =>
        IsSoft(one) && IsSoft(other) && Medium(one) != Medium(other);

    /// <summary>
    /// What a fault keeps others from: its containers, and the database where that is the one that is broken.
    /// </summary>
    public static IReadOnlyList<string> Places(FaultKind kind, IReadOnlyList<string> targets) =>
        kind.Lane is FaultLane.Database or FaultLane.Disk ? [.. targets.Append("(database)").Distinct()] : targets;

    /// <summary>Soft ones slow a container down and leave it its life and its connections.</summary>
    private static bool IsSoft(FaultKind kind) => !_hard.Contains(kind.Name) && kind.Lane switch
    {
        FaultLane.Network or FaultLane.Proxy or FaultLane.Names or FaultLane.Clock or FaultLane.Resource => true,
        FaultLane.Process or FaultLane.Disk or FaultLane.Database or FaultLane.Service => false,
    };

    /// <summary>A proxy's connections pass by the rules that network faults make.</summary>
    private static FaultLane Medium(FaultKind kind) =>
        kind.Lane is FaultLane.Proxy ? FaultLane.Network : kind.Lane;
}
