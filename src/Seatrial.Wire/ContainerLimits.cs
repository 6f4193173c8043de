namespace Seatrial.Wire;

/// <summary>What a container may use, as its process sees it.</summary>
public sealed record ContainerLimits
{
    /// <summary><c>cgroup v1</c>, <c>cgroup v2</c> or <c>none</c>.</summary>
    public required string Source { get; init; }

    /// <summary>Null when nothing limits it.</summary>
    public double? MemoryLimitMb { get; init; }

    /// <summary>CPUs by quota; null when nothing limits it.</summary>
    public double? Cpus { get; init; }

    /// <summary>On which the runtime schedules: it follows the quota.</summary>
    public required int Processors { get; init; }

    /// <summary>The most that the managed heap may take: it follows the memory's limit.</summary>
    public required double HeapLimitMb { get; init; }

    /// <summary>Threads that the pool keeps ready: they follow the processors.</summary>
    public required int PoolThreads { get; init; }
}
