using Seatrial.Wire;
using Seatrial.Worker.Configuration;

namespace Seatrial.Worker.Health;

/// <summary>
/// What the container may use, by its cgroup and its configuration, and what the runtime makes of it.
/// </summary>
internal static class ContainerLimitsReader
{
    public const double Megabyte = 1 << 20;

    public static ContainerLimits Read(ResourceLimits configured, string root = Cgroups.Root)
    {
        var cgroup = Cgroups.Detect(root);
        var (memory, cpus) = cgroup.ReadLimits();
        ThreadPool.GetMinThreads(out var threads, out _);
        return new ContainerLimits
        {
            Source = cgroup.Source,
            MemoryLimitMb = Least(memory, configured.Memory) is { } least ? Math.Round(least / Megabyte, 1) : null,
            Cpus = Least(cpus, configured.Cpus),
            Processors = System.Environment.ProcessorCount,
            HeapLimitMb = Math.Round(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / Megabyte, 1),
            PoolThreads = threads,
        };
    }

    /// <summary>The one that is met first.</summary>
    public static T? Least<T>(T? one, T? other)
        where T : struct, IComparable<T> =>
        one is { } first && other is { } second
            ? first.CompareTo(second) < 0 ? first : second
            : one ?? other;
}
