namespace Seatrial.Wire;

/// <summary>What a container uses at the moment.</summary>
public sealed record ResourceStatus
{
    /// <summary>Of the CPUs that it may use: 100 is all of them.</summary>
    public required double CpuUsagePercent { get; init; }

    /// <summary>Without file cache that the kernel can drop.</summary>
    public required double MemoryUsageMb { get; init; }

    /// <summary>The cgroup's limit, or the machine's memory.</summary>
    public required double MemoryLimitMb { get; init; }

    /// <summary>Used on the file system that the worker writes to.</summary>
    public required double DiskUsageMb { get; init; }

    public required double DiskLimitMb { get; init; }

    /// <summary>Established TCP connections in the container's network.</summary>
    public required int NetworkConnections { get; init; }

    /// <summary>Share of scheduling periods in which the quota stopped it, since the last look; 0 to 100.</summary>
    public double CpuThrottledPercent { get; init; }
}
