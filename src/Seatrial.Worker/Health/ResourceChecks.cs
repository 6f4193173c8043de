using System.Globalization;
using Seatrial.Wire;
using Seatrial.Worker.Configuration;

namespace Seatrial.Worker.Health;

/// <summary>Compares what is used with what may be.</summary>
internal static class ResourceChecks
{
    /// <summary>
    /// Degraded near a limit. CPU is told and not judged: a worker that computes takes all that it may.
    /// </summary>
    public static HealthStatus Check(ResourceStatus usage, ResourceLimits limits, TimeProvider time)
    {
        var began = time.GetTimestamp();
        var near = new List<string>();
        Compare(near, "memory", usage.MemoryUsageMb, usage.MemoryLimitMb, limits.WarnPercent);
        Compare(near, "disk", usage.DiskUsageMb, usage.DiskLimitMb, limits.WarnPercent);
        Compare(near, "connections", usage.NetworkConnections, limits.Connections ?? 0, limits.WarnPercent);
        var details = new Dictionary<string, string>
        {
            ["cpu_percent"] = Text(usage.CpuUsagePercent),
            ["cpu_throttled_percent"] = Text(usage.CpuThrottledPercent),
            ["memory_mb"] = Text(usage.MemoryUsageMb),
            ["memory_limit_mb"] = Text(usage.MemoryLimitMb),
            ["disk_mb"] = Text(usage.DiskUsageMb),
            ["disk_limit_mb"] = Text(usage.DiskLimitMb),
            ["connections"] = Text(usage.NetworkConnections),
        };
        return near.Count == 0
            ? Statuses.Create(HealthStatus.Healthy, "Everything is within its limits.", details, time, began)
            : Statuses.Create(
                HealthStatus.Degraded, $"Near the limit: {string.Join(", ", near)}.", details, time, began);
    }

    private static void Compare(List<string> near, string what, double used, double limit, int percent)
    {
        if (limit > 0 && used >= limit * percent / 100)
        {
            near.Add(FormattableString.Invariant($"{what} {used:F0} of {limit:F0}"));
        }
    }

    private static string Text(IFormattable figure) => figure.ToString(null, CultureInfo.InvariantCulture);
}
