namespace Seatrial.Worker.Configuration;

/// <summary>Bounds at which nothing more is claimed; from four fifths of them on, less is.</summary>
public sealed record BackpressureConfig
{
    /// <summary>Of the container's memory limit.</summary>
    public int MemoryPercent { get; init; } = 90;

    /// <summary>Of the journal's size.</summary>
    public int JournalPercent { get; init; } = 50;

    /// <summary>For a connection from the pool.</summary>
    public TimeSpan PoolWait { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>For the answer to the health query.</summary>
    public TimeSpan DatabaseLatency { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Bytes that should be left on the state folder's file system; at most a tenth of it.</summary>
    public long DiskFree { get; init; } = 256 << 20;
}
