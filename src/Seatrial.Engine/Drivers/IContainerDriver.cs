namespace Seatrial.Engine.Drivers;

/// <summary>
/// Where containers run. What not every driver can do (<see cref="ICanReadLogs"/>, <see cref="ICanPause"/>, <see
/// cref="ICanKill"/>) is asked of <see cref="Containers"/> by type. What an engine refuses, and an engine that does not
/// answer in time, is a <see cref="SeatrialException"/> with <see cref="ExitCode.Unavailable"/>.
/// </summary>
public interface IContainerDriver : IAsyncDisposable
{
    IContainers Containers { get; }

    IImages Images { get; }

    INetworks Networks { get; }

    IVolumes Volumes { get; }

    IEngine Engine { get; }
}

/// <summary>The engine itself.</summary>
public interface IEngine
{
    /// <summary>Version, API, host.</summary>
    Task<EngineDescription> DescribeAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Events of containers whose label has the value (any value when null), from <paramref name="since"/> on by the
    /// engine's clock, so that none falls between a subscription and a start. Ends only by cancellation; a broken
    /// connection is reopened, without an event lost or told twice as far as the engine still remembers them.
    /// </summary>
    IAsyncEnumerable<EngineEvent> WatchAsync(
        string label, string? value, DateTimeOffset since, CancellationToken cancellationToken);
}

/// <summary>Containers.</summary>
public interface IContainers
{
    /// <summary>Creates one and returns its id; all its networks are connected.</summary>
    Task<string> CreateAsync(ContainerRequest request, CancellationToken cancellationToken);

    Task StartAsync(string id, CancellationToken cancellationToken);

    /// <summary>Null when there is none.</summary>
    Task<ContainerState?> InspectAsync(string id, CancellationToken cancellationToken);

    /// <summary>Those whose label has the value (any value when null), dead ones too.</summary>
    Task<IReadOnlyList<ContainerSummary>> ListAsync(string label, string? value, CancellationToken cancellationToken);

    /// <summary>
    /// Stops with the container's signal and the grace period, then kills, then removes with anonymous volumes; no
    /// error if gone.
    /// </summary>
    Task RemoveAsync(string id, TimeSpan gracePeriod, CancellationToken cancellationToken);
}

/// <summary>Output of containers, living or dead.</summary>
public interface ICanReadLogs
{
    /// <summary>
    /// The last lines, oldest first, both streams, without time stamps; <paramref name="tail"/> null is all.
    /// </summary>
    Task<IReadOnlyList<string>> LogsAsync(string id, int? tail, CancellationToken cancellationToken);

    /// <summary>Lines of both streams as they were written; followed, until the container ends.</summary>
    IAsyncEnumerable<LogLine> ReadAsync(string id, LogQuery query, CancellationToken cancellationToken);
}

/// <summary>A line that a container wrote, at the engine's time.</summary>
public sealed record LogLine(DateTimeOffset At, bool IsError, string Text);

/// <summary>Which lines.</summary>
public sealed record LogQuery
{
    public DateTimeOffset? Since { get; init; }

    public DateTimeOffset? Until { get; init; }

    /// <summary>How many of the last ones; all where null.</summary>
    public int? Tail { get; init; }

    /// <summary>Whether those to come, too.</summary>
    public bool Follow { get; init; }
}

/// <summary>Stopping containers that stay.</summary>
public interface ICanStop
{
    /// <summary>Stops with the container's signal, and kills after the grace period; no error if gone.</summary>
    Task StopAsync(string id, TimeSpan gracePeriod, CancellationToken cancellationToken);
}

/// <summary>Other names for containers that are there.</summary>
public interface ICanRename
{
    /// <summary>No error if gone.</summary>
    Task RenameAsync(string id, string name, CancellationToken cancellationToken);
}

/// <summary>Freezing every process of a container.</summary>
public interface ICanPause
{
    Task PauseAsync(string id, CancellationToken cancellationToken);

    Task UnpauseAsync(string id, CancellationToken cancellationToken);
}

/// <summary>What a container uses.</summary>
public interface ICanMeasure
{
    /// <summary>Since its start; null when it does not run.</summary>
    Task<ContainerUsage?> MeasureAsync(string id, CancellationToken cancellationToken);
}

/// <summary>Resources that a container used, or uses.</summary>
/// <param name="Cpu">Processor time since its start.</param>
/// <param name="Memory">Bytes, its files' cache included.</param>
/// <param name="MemoryLimit">Bytes; the host's where it has none.</param>
/// <param name="Processes">Processes and threads.</param>
public sealed record ContainerUsage(TimeSpan Cpu, long Memory, long MemoryLimit, int Processes);

/// <summary>Signals to a container's main process.</summary>
public interface ICanKill
{
    Task KillAsync(string id, string signal, CancellationToken cancellationToken);
}

/// <summary>Images.</summary>
public interface IImages
{
    /// <summary>Null when there is none with this reference.</summary>
    Task<ImageState?> InspectAsync(string reference, CancellationToken cancellationToken);

    /// <summary>Those whose label has the value (any value when null).</summary>
    Task<IReadOnlyList<ImageSummary>> ListAsync(string label, string? value, CancellationToken cancellationToken);

    /// <summary>Pulls; null when the image is there now, else why no registry gave it.</summary>
    Task<string?> PullAsync(string reference, CancellationToken cancellationToken);

    /// <summary>Gives an image one more name.</summary>
    Task TagAsync(string reference, string newReference, CancellationToken cancellationToken);

    /// <summary>
    /// Takes a name away, and with its last name the image; false when a container needs it. No error if gone.
    /// </summary>
    Task<bool> RemoveAsync(string reference, CancellationToken cancellationToken);
}

/// <summary>Making images.</summary>
public interface ICanBuildImages
{
    /// <summary>
    /// Builds from a context that is already a tar; the output goes to <paramref name="output"/> line by line.
    /// </summary>
    Task<ImageBuildOutcome> BuildAsync(
        ImageBuildRequest request, IProgress<string>? output, CancellationToken cancellationToken);

    /// <summary>Makes a one-layer image from a root file system in tar form, and returns its id.</summary>
    Task<string> ImportAsync(string reference, Stream rootFileSystem, CancellationToken cancellationToken);
}

/// <summary>Networks.</summary>
public interface INetworks
{
    Task<string> CreateAsync(NetworkRequest request, CancellationToken cancellationToken);

    Task<IReadOnlyList<ObjectSummary>> ListAsync(string label, string? value, CancellationToken cancellationToken);

    /// <summary>No error if gone.</summary>
    Task RemoveAsync(string id, CancellationToken cancellationToken);
}

/// <summary>Named volumes.</summary>
public interface IVolumes
{
    Task<string> CreateAsync(VolumeRequest request, CancellationToken cancellationToken);

    Task<IReadOnlyList<ObjectSummary>> ListAsync(string label, string? value, CancellationToken cancellationToken);

    /// <summary>No error if gone.</summary>
    Task RemoveAsync(string id, CancellationToken cancellationToken);
}
