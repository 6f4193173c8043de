namespace Seatrial.Engine.Compose;

/// <summary>A Compose file as it is meant: canonical, interpolated, each value with its place.</summary>
public sealed record ComposeProject
{
    /// <summary>The file's absolute path.</summary>
    public required string File { get; init; }

    /// <summary>The folder that relative paths start from, absolute.</summary>
    public required string Directory { get; init; }

    /// <summary>The file's <c>name</c>, else the folder's name in the form that Compose allows.</summary>
    public required string Name { get; init; }

    /// <summary>Services by name, in the file's order.</summary>
    public required IReadOnlyDictionary<string, ComposeService> Services { get; init; }

    /// <summary>Networks by key; <c>default</c> is there when a service uses it.</summary>
    public required IReadOnlyDictionary<string, ComposeNetwork> Networks { get; init; }

    /// <summary>Named volumes by key.</summary>
    public required IReadOnlyDictionary<string, ComposeVolume> Volumes { get; init; }

    /// <summary>
    /// Where each value stands, by its path (<c>services.rpa1.healthcheck.interval</c>, <c>services.db.ports[0]</c>).
    /// </summary>
    public required IReadOnlyDictionary<string, SourcePosition> Positions { get; init; }

    /// <summary>
    /// The nearest known place of a path: its own, else its closest ancestor's, else the file's start.
    /// </summary>
    public SourcePosition PositionOf(string path)
    {
        for (var at = path; at.Length > 0; at = Parent(at))
        {
            if (Positions.TryGetValue(at, out var position))
            {
                return position;
            }
        }

        return new SourcePosition(File, 1, 1);
    }

    private static string Parent(string path) => path[..Math.Max(0, path.LastIndexOfAny(['.', '[']))];
}

/// <summary>A network as declared; <see cref="Name"/> is set only when the file fixes it.</summary>
public sealed record ComposeNetwork
{
    public string? Name { get; init; }

    public string Driver { get; init; } = "bridge";

    public bool Internal { get; init; }

    public bool External { get; init; }

    public IReadOnlyDictionary<string, string> DriverOptions { get; init; } = new Dictionary<string, string>();

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();
}

/// <summary>A named volume as declared; <see cref="Name"/> is set only when the file fixes it.</summary>
public sealed record ComposeVolume
{
    public string? Name { get; init; }

    public string Driver { get; init; } = "local";

    public bool External { get; init; }

    public IReadOnlyDictionary<string, string> DriverOptions { get; init; } = new Dictionary<string, string>();

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();
}
