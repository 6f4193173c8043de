namespace Seatrial.Wire;

/// <summary>A database or service that a container needs, as it was last seen.</summary>
public sealed record DependencyStatus
{
    public required string Name { get; init; }

    /// <summary><c>database</c> or <c>service</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Where it is, without secrets: <c>db:5432/rpa</c>.</summary>
    public required string Target { get; init; }

    public required bool Required { get; init; }

    /// <summary>One of <see cref="Waiting"/>, <see cref="Up"/>, <see cref="Away"/>.</summary>
    public required string State { get; init; }

    /// <summary>Why it is away: one of <see cref="DependencyCauses"/>; null while it is up.</summary>
    public string? Cause { get; init; }

    /// <summary>What was seen, and what to do about it.</summary>
    public string Message { get; init; } = "";

    /// <summary>What it says of itself, when it does: the server's version.</summary>
    public string? Version { get; init; }

    public int Attempts { get; init; }

    /// <summary>Seconds from the first attempt to the last.</summary>
    public double Waited { get; init; }

    public const string Waiting = "waiting";

    public const string Up = "up";

    public const string Away = "away";

    public const string Database = "database";

    public const string Service = "service";
}
