namespace Seatrial.Engine.Drivers;

/// <summary>A container's health as its engine sees it.</summary>
public enum ContainerHealth
{
    /// <summary>It has no health check.</summary>
    None,
    Starting,
    Healthy,
    Unhealthy,
}

/// <summary>A container at one moment.</summary>
public sealed record ContainerState
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string Image { get; init; }

    public required bool Running { get; init; }

    public required bool Paused { get; init; }

    /// <summary>Of the last run; meaningful when it does not run.</summary>
    public required int ExitCode { get; init; }

    public required bool OutOfMemory { get; init; }

    /// <summary>The main process on the engine's host; 0 when it does not run.</summary>
    public required int ProcessId { get; init; }

    public required ContainerHealth Health { get; init; }

    /// <summary>Output of the last health probes, oldest first.</summary>
    public required IReadOnlyList<string> HealthLog { get; init; }

    /// <summary>The health check in the engine's form (<c>CMD …</c>, <c>CMD-SHELL …</c>); empty without one.</summary>
    public required IReadOnlyList<string> HealthTest { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Between its stop signal and its kill.</summary>
    public required TimeSpan StopGracePeriod { get; init; }

    /// <summary>When it ended last; meaningful when it does not run.</summary>
    public required DateTimeOffset EndedAt { get; init; }

    /// <summary>How often the engine restarted it by its policy.</summary>
    public required int Restarts { get; init; }

    /// <summary>Address by network name.</summary>
    public required IReadOnlyDictionary<string, string> Addresses { get; init; }

    /// <summary>Host port by container port.</summary>
    public required IReadOnlyDictionary<int, int> PublishedPorts { get; init; }

    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    /// <summary>The file on the engine's host that its output goes to; null where there is none.</summary>
    public string? LogPath { get; init; }
}

/// <summary>A container in a list.</summary>
public sealed record ContainerSummary(
    string Id, string Name, bool Running, DateTimeOffset CreatedAt, IReadOnlyDictionary<string, string> Labels);

/// <summary>A network or volume in a list.</summary>
public sealed record ObjectSummary(
    string Id, string Name, DateTimeOffset CreatedAt, IReadOnlyDictionary<string, string> Labels);

/// <summary>An image in a list.</summary>
public sealed record ImageSummary(
    string Id, IReadOnlyList<string> Tags, DateTimeOffset CreatedAt, IReadOnlyDictionary<string, string> Labels)
{
    /// <summary>Bytes, the layers that it shares with others included.</summary>
    public long Size { get; init; }
}

/// <summary>An image.</summary>
public sealed record ImageState
{
    public required string Id { get; init; }

    public required IReadOnlyList<string> Tags { get; init; }

    public required long Size { get; init; }

    /// <summary>When it was pulled or built here; null where the engine does not tell.</summary>
    public DateTimeOffset? TaggedAt { get; init; }

    /// <summary>Digests of the layers' contents, lowest first.</summary>
    public required IReadOnlyList<string> Layers { get; init; }

    public required IReadOnlyDictionary<string, string> Labels { get; init; }
}
