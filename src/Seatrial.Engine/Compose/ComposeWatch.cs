namespace Seatrial.Engine.Compose;

/// <summary>What happens when files change while the system is developed.</summary>
public sealed record ComposeWatch
{
    /// <summary>Absolute.</summary>
    public required string Path { get; init; }

    /// <summary><c>rebuild</c>, <c>restart</c>, <c>sync</c>, <c>sync+restart</c> or <c>sync+exec</c>.</summary>
    public required string Action { get; init; }

    /// <summary>Where they go in the container.</summary>
    public string? Target { get; init; }

    public IReadOnlyList<string> Ignore { get; init; } = [];

    public IReadOnlyList<string> Include { get; init; } = [];

    public bool InitialSync { get; init; }

    /// <summary>What runs in the container after <c>sync+exec</c>.</summary>
    public ComposeExec? Exec { get; init; }
}

/// <summary>A program in a running container.</summary>
public sealed record ComposeExec
{
    public required IReadOnlyList<string> Command { get; init; }

    public string? User { get; init; }

    public bool Privileged { get; init; }

    public string? WorkingDir { get; init; }

    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();
}
