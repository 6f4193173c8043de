namespace Seatrial.Engine.Drivers;

/// <summary>What an engine says of itself.</summary>
public sealed record EngineDescription
{
    /// <summary>E.g. <c>docker 20.10.24</c>.</summary>
    public required string Version { get; init; }

    /// <summary>The API version that was agreed on, e.g. <c>1.41</c>.</summary>
    public required string ApiVersion { get; init; }

    public required string OperatingSystem { get; init; }

    public required string Architecture { get; init; }

    public required int Cpus { get; init; }

    /// <summary>Bytes.</summary>
    public required long Memory { get; init; }

    /// <summary>The engine's clock when it answered; events bear its time, which need not be ours.</summary>
    public required DateTimeOffset Clock { get; init; }

    /// <summary>
    /// Whether the engine's processes are this host's processes, so that they can be signalled by their ids. Proved by
    /// a running container's process; false while none runs.
    /// </summary>
    public required bool SharesHost { get; init; }
}

/// <summary>What happened to a container.</summary>
public enum EngineEventKind
{
    Created,
    Started,
    Died,
    OutOfMemory,
    Paused,
    Unpaused,
    Healthy,
    Unhealthy,
    Removed,
}

/// <summary>An event of a container, on the engine's clock.</summary>
public sealed record EngineEvent(
    DateTimeOffset At,
    EngineEventKind Kind,
    string ContainerId,
    int? ExitCode,
    IReadOnlyDictionary<string, string> Labels);
