using Seatrial.Engine.Compose;
using Seatrial.Engine.Thresholds;

namespace Seatrial.Engine.Specs;

/// <summary>What <c>seatrial.yaml</c> says of images; paths are absolute.</summary>
public sealed record ImageSpec
{
    /// <summary>Absolute path of the file.</summary>
    public required string File { get; init; }

    /// <summary>.NET projects that are published into build contexts before images are built.</summary>
    public IReadOnlyList<PublishSpec> Publish { get; init; } = [];

    /// <summary>Folders of this machine whose files go into build contexts before images are built.</summary>
    public IReadOnlyList<CopySpec> Copies { get; init; } = [];

    /// <summary>Images that no service runs but others are built on, in order.</summary>
    public IReadOnlyList<BaseImageSpec> Bases { get; init; } = [];
}

/// <summary>What <c>seatrial.yaml</c> says beside the Compose file.</summary>
public sealed record SystemSpec
{
    public required ImageSpec Images { get; init; }

    /// <summary>Where the judge reads.</summary>
    public required DatabaseSpec Database { get; init; }

    /// <summary>From tables and states to events.</summary>
    public required RecordMapping Mapping { get; init; }

    public required WorkloadSpec Workload { get; init; }

    public required DistributedSpec Distributed { get; init; }

    public FaultsSpec Faults { get; init; } = new();

    public PerformanceSpec Performance { get; init; } = new();

    /// <summary>Null where the file does not speak of it.</summary>
    public IntegrationSpec? Integration { get; init; }
}

/// <summary>A .NET project and where its publish output goes.</summary>
/// <param name="Project">The project file.</param>
/// <param name="Output">A folder that holds nothing else.</param>
/// <param name="Runtime">Where the .NET runtime is copied to, for the image that carries it; null for the
/// others.</param>
public sealed record PublishSpec(string Project, string Output, string? Runtime)
{
    /// <summary>Whether something of it goes into this folder or below.</summary>
    public bool IsWithin(string folder) =>
        new[] { Output, Runtime }.Any(
            path => path is not null && (path + "/").StartsWith(folder + "/", StringComparison.Ordinal));
}

/// <summary>A folder whose files go into a build context.</summary>
/// <param name="From">Null when there is nothing to copy on this machine; the same holds when it is not there.</param>
/// <param name="To">A folder that holds nothing else.</param>
public sealed record CopySpec(string? From, string To)
{
    /// <summary>Whether the copies go into this folder or below.</summary>
    public bool IsWithin(string folder) => (To + "/").StartsWith(folder + "/", StringComparison.Ordinal);
}

/// <summary>An image by the name that Dockerfiles say after FROM.</summary>
public sealed record BaseImageSpec(string Image, ComposeBuild Build);

/// <summary>The database under trial, reached directly and never through a fault.</summary>
public sealed record DatabaseSpec
{
    public string Service { get; init; } = "db";

    public int Port { get; init; } = 5432;

    public string Name { get; init; } = "postgres";

    public string User { get; init; } = "postgres";

    public string? Password { get; init; }
}

/// <summary>The load.</summary>
public sealed record WorkloadSpec
{
    /// <summary>At least one.</summary>
    public required IReadOnlyList<RecordKind> Kinds { get; init; }

    /// <summary>The first queue.</summary>
    public required string Queue { get; init; }

    /// <summary>
    /// Puts records in: takes <c>@queue</c> (text), <c>@keys</c> (text[]) and <c>@payloads</c> (text[] of JSON
    /// objects), returns one row a record: its id as text, in the order of the arrays.
    /// </summary>
    public required string InsertSql { get; init; }

    /// <summary>Records a transaction.</summary>
    public int BatchSize { get; init; } = 500;

    /// <summary>Records a second; null is as fast as they go in.</summary>
    public int? Rate { get; init; }

    /// <summary>From the last record put in to the last one done.</summary>
    public TimeSpan DrainWithin { get; init; } = TimeSpan.FromMinutes(5);
}

/// <summary>The distributed suite of this system.</summary>
public sealed record DistributedSpec
{
    /// <summary>How many of each service run; what is not named here runs as the Compose file says.</summary>
    public IReadOnlyDictionary<string, int> Replicas { get; init; } = new Dictionary<string, int>();

    public IReadOnlyList<FaultSpec> Faults { get; init; } = [];

    /// <summary>
    /// The least share of a queue's records that each of its workers has to do, as a part of an even share.
    /// </summary>
    public double LeastShare { get; init; } = 0.2;

    /// <summary>What the run has to hold.</summary>
    public IReadOnlyList<Threshold> Thresholds { get; init; } = [];
}

/// <summary>A fault as written.</summary>
public sealed record FaultSpec
{
    /// <summary>The name of a kind in the catalogue of faults.</summary>
    public required string Kind { get; init; }

    public required FaultTarget Target { get; init; }

    /// <summary>The service that is meant; null where only the log will tell.</summary>
    public string? Service => Target.Service;

    /// <summary>The queue whose progress triggers it, where progress does.</summary>
    public required string Queue { get; init; }

    public required FaultTrigger At { get; init; }

    /// <summary>How long it lasts; the kind's usual time where null.</summary>
    public TimeSpan? For { get; init; }

    /// <summary>Its strength, in the unit of its kind; the usual one where null.</summary>
    public double? By { get; init; }

    /// <summary>The service that it is cut off from; the database where null.</summary>
    public string? From { get; init; }

    public required SourcePosition Position { get; init; }
}
