namespace Seatrial.Engine.Compose;

/// <summary>Bounds of what a container may use; null is without bound.</summary>
public sealed record ComposeLimits
{
    public double? Cpus { get; init; }

    /// <summary>Bytes.</summary>
    public long? Memory { get; init; }

    public long? Pids { get; init; }

    /// <summary>Bytes that it is to keep when memory runs short.</summary>
    public long? MemoryReservation { get; init; }

    /// <summary>Memory and swap together in bytes; -1 is all there is.</summary>
    public long? MemorySwap { get; init; }

    /// <summary>0 to 100.</summary>
    public int? MemorySwappiness { get; init; }

    public int? OomScoreAdjustment { get; init; }

    public bool OomKillDisable { get; init; }

    public int? CpuShares { get; init; }

    /// <summary>Microseconds.</summary>
    public long? CpuPeriod { get; init; }

    /// <summary>Microseconds a period.</summary>
    public long? CpuQuota { get; init; }

    /// <summary>Microseconds.</summary>
    public long? CpuRealtimePeriod { get; init; }

    /// <summary>Microseconds.</summary>
    public long? CpuRealtimeRuntime { get; init; }

    /// <summary>E.g. <c>0-2,4</c>.</summary>
    public string? CpuSet { get; init; }
}

/// <summary>A bound of the kernel's for a process; -1 is none.</summary>
public sealed record ComposeUlimit(long Soft, long Hard);
