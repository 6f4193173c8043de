namespace Seatrial.Engine.Compose;

/// <summary>A Compose file as it is meant: canonical, interpolated, each value with its place.</summary>
public sealed record ComposeProject
{
    private const string Section = "services";

    /// <summary>The file's absolute path.</summary>
    public required string File { get; init; }

    /// <summary>All files that were laid over each other, the undermost first.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

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

    public IReadOnlyDictionary<string, ComposeContent> Secrets { get; init; } =
        new Dictionary<string, ComposeContent>();

    public IReadOnlyDictionary<string, ComposeContent> Configs { get; init; } =
        new Dictionary<string, ComposeContent>();

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

    /// <summary>Names of all services that the file has, those too whose profiles are off.</summary>
    public IReadOnlyCollection<string> DeclaredServices() =>
        [.. Positions.Keys.Where(path => Parent(path) is Section).Select(path => path[(Section.Length + 1)..])];

    /// <summary>The image that a service names, else the name that Compose gives to what is built for it.</summary>
    public string ImageOf(ComposeService service) => service.Image ?? $"{Name}-{service.Name}";

    private static string Parent(string path) => path[..Math.Max(0, path.LastIndexOfAny(['.', '[']))];
}
