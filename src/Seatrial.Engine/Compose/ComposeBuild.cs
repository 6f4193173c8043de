namespace Seatrial.Engine.Compose;

/// <summary>How a service's image is built; paths are absolute.</summary>
public sealed record ComposeBuild
{
    public required string Context { get; init; }

    public required string Dockerfile { get; init; }

    public IReadOnlyDictionary<string, string> Args { get; init; } = new Dictionary<string, string>();

    public string? Target { get; init; }

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();
}
