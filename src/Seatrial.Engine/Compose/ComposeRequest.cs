namespace Seatrial.Engine.Compose;

/// <summary>Which system to read, and how.</summary>
public sealed record ComposeRequest
{
    /// <summary>A folder with a Compose file, or the file; absolute.</summary>
    public required string Path { get; init; }

    /// <summary>
    /// Files to lay over each other, the undermost first, absolute; relative paths in them start from the system's
    /// folder. None stands for the folder's own.
    /// </summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>Profiles that are on, beside those that COMPOSE_PROFILES names.</summary>
    public IReadOnlyList<string> Profiles { get; init; } = [];

    /// <summary>Services that are asked for by name: the profiles of each are on too.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>Instead of the file's name.</summary>
    public string? ProjectName { get; init; }

    /// <summary>Instead of <c>.env</c>; absolute.</summary>
    public IReadOnlyList<string> EnvFiles { get; init; } = [];
}
