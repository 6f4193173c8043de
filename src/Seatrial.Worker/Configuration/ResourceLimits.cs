namespace Seatrial.Worker.Configuration;

/// <summary>
/// What the container may use. What is not set follows the cgroup; health is degraded above
/// <see cref="WarnPercent"/> of it.
/// </summary>
public sealed record ResourceLimits
{
    /// <summary>Bytes; the cgroup's limit when null.</summary>
    public long? Memory { get; init; }

    /// <summary>CPUs; the cgroup's quota when null.</summary>
    public double? Cpus { get; init; }

    /// <summary>Bytes on the file system of <see cref="DiskPath"/>; its size when null.</summary>
    public long? Disk { get; init; }

    /// <summary>Where the worker writes: its local queue.</summary>
    public string DiskPath { get; init; } = "/tmp";

    /// <summary>Established TCP connections; unlimited when null.</summary>
    public int? Connections { get; init; }

    public int WarnPercent { get; init; } = 90;
}
