namespace Seatrial.Engine.Environments;

/// <summary>What a run adds to a Compose file.</summary>
public sealed record EnvironmentOptions
{
    /// <summary>Unique on the engine; lower-case letters, digits and hyphens.</summary>
    public required string RunId { get; init; }

    /// <summary>The project's name on the engine; made of the file's name and the run's id where null.</summary>
    public string? ProjectName { get; init; }

    public RunOwner Owner { get; init; } = RunOwner.Current;

    /// <summary>How many of each service run; what is not named here runs as the file says.</summary>
    public IReadOnlyDictionary<string, int> Replicas { get; init; } = new Dictionary<string, int>();

    /// <summary>
    /// The image of a service, best by id, so that another run which builds the same name does not change this one's;
    /// what is not named here has the file's.
    /// </summary>
    public IReadOnlyDictionary<string, string> Images { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// Whether a <c>deploy.restart_policy</c> is seen to from here, with its delay and window; else the engine restarts
    /// at its own pace.
    /// </summary>
    public bool Supervised { get; init; }

    /// <summary>The folder for all that is known of a start that failed; none is written where null.</summary>
    public string? Diagnosis { get; init; }

    /// <summary>Whether it outlives the run and every sweep.</summary>
    public bool Keep { get; init; }
}
