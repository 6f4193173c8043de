using Seatrial.Engine.Compose;

namespace Seatrial.Engine.Drivers;

/// <summary>All that a driver needs to create a container; a pure function of the plan makes it.</summary>
public sealed record ContainerRequest
{
    public required string Name { get; init; }

    public required string Image { get; init; }

    /// <summary>The service's declaration, for everything that maps one to one.</summary>
    public required ComposeService Service { get; init; }

    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    /// <summary>Names of networks on the engine, with the container's aliases there.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Networks { get; init; }

    /// <summary>Names of networks on the engine, where there is more to say than aliases.</summary>
    public IReadOnlyDictionary<string, ComposeEndpoint> Endpoints { get; init; } =
        new Dictionary<string, ComposeEndpoint>();

    /// <summary>Containers that this one knows by names of its own, as <c>container:name</c>.</summary>
    public IReadOnlyList<string> Links { get; init; } = [];

    /// <summary>Instead of networks, with containers by their names on the engine.</summary>
    public string? NetworkMode { get; init; }

    /// <summary>The service's, with containers by their names on the engine.</summary>
    public ComposeIsolation Isolation { get; init; } = new();

    /// <summary>Mounts, with volumes by their names on the engine.</summary>
    public required IReadOnlyList<ComposeMount> Mounts { get; init; }

    /// <summary>Files that are in it before it starts.</summary>
    public IReadOnlyList<ContainerFile> Files { get; init; } = [];

    /// <summary>Whether it shares something with a container, which then has to exist before this one.</summary>
    public bool Joins(string container) =>
        new[] { NetworkMode, Isolation.Pid, Isolation.Ipc }.Contains($"container:{container}");
}

/// <summary>A network to create.</summary>
public sealed record NetworkRequest(string Name, ComposeNetwork Network, IReadOnlyDictionary<string, string> Labels);

/// <summary>A volume to create.</summary>
public sealed record VolumeRequest(string Name, ComposeVolume Volume, IReadOnlyDictionary<string, string> Labels);

/// <summary>An image to build; the context is a tar in which <see cref="Dockerfile"/> is a path.</summary>
public sealed record ImageBuildRequest
{
    /// <summary>Seekable: an engine without BuildKit is asked a second time.</summary>
    public required Stream Context { get; init; }

    public required string Dockerfile { get; init; }

    public required IReadOnlyList<string> Tags { get; init; }

    public string? Target { get; init; }

    public IReadOnlyDictionary<string, string> Args { get; init; } = new Dictionary<string, string>();

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();
}

/// <summary>How a build ended: either with an image's <see cref="Id"/> or with an <see cref="Error"/>.</summary>
public sealed record ImageBuildOutcome
{
    public string? Id { get; init; }

    /// <summary>The engine's sentence.</summary>
    public string? Error { get; init; }

    /// <summary>The last lines that the build wrote, oldest first.</summary>
    public IReadOnlyList<string> Output { get; init; } = [];
}
