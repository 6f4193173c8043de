using Seatrial.Engine.Measurements.Bottlenecks;
using Seatrial.Engine.Measurements.Databases;

namespace Seatrial.Engine.Measurements;

/// <summary>What a run used, what held it up, and what would help: as reports show it.</summary>
public sealed record PerformanceReport
{
    /// <summary>By container, the machine first; empty where nothing was to be seen.</summary>
    public required IReadOnlyList<ContainerUse> Containers { get; init; }

    /// <summary>Null where the database was not watched.</summary>
    public DatabaseUse? Database { get; init; }

    /// <summary>The likeliest first; empty where nothing held it up.</summary>
    public required IReadOnlyList<Bottleneck> Bottlenecks { get; init; }

    public required IReadOnlyList<ResourceProposal> Proposals { get; init; }

    /// <summary>Why something may be missing.</summary>
    public required IReadOnlyList<string> Gaps { get; init; }
}

/// <summary>What a container used, its lives together.</summary>
public sealed record ContainerUse
{
    /// <summary>Its name; <c>host</c> for the machine.</summary>
    public required string Container { get; init; }

    /// <summary>How often it was started.</summary>
    public required int Lives { get; init; }

    /// <summary>Cores, in the mean of the time that it ran.</summary>
    public required double Cores { get; init; }

    /// <summary>Cores in its busiest second.</summary>
    public required double MostCores { get; init; }

    /// <summary>At the end; null without a limit.</summary>
    public double? CpuLimit { get; init; }

    /// <summary>The part of its periods that the limit cut short.</summary>
    public required double Throttled { get; init; }

    /// <summary>Bytes of the working set, at most.</summary>
    public required long MostMemory { get; init; }

    public long? MemoryLimit { get; init; }

    public required long Read { get; init; }

    public required long Written { get; init; }

    public required long Received { get; init; }

    public required long Sent { get; init; }

    /// <summary>Open handles, at most; null where they were not counted.</summary>
    public int? MostFiles { get; init; }

    /// <summary>Bytes of output; null where they were not to be seen.</summary>
    public long? Log { get; init; }

    /// <summary>Cores by second since the load began; null where it did not run.</summary>
    public required IReadOnlyList<double?> CoresBySecond { get; init; }

    /// <summary>Mebibytes of the working set by second since the load began.</summary>
    public required IReadOnlyList<double?> MemoryBySecond { get; init; }
}
