using Seatrial.Engine;

namespace Seatrial.Testing.Simulation;

/// <summary>How the containers of a service behave.</summary>
public sealed record SimulatedBehaviour
{
    public TimeSpan CreateTakes { get; init; } = TimeSpan.FromMilliseconds(10);

    public TimeSpan StartTakes { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>How long it needs to end by itself when it is asked to.</summary>
    public TimeSpan StopTakes { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>From its start; without this and <see cref="UnhealthyAfter"/> it has no health check.</summary>
    public TimeSpan? HealthyAfter { get; init; }

    public TimeSpan? UnhealthyAfter { get; init; }

    /// <summary>From its start; null is never.</summary>
    public TimeSpan? DiesAfter { get; init; }

    public int ExitCode { get; init; }

    public bool OutOfMemory { get; init; }

    public IReadOnlyList<string> HealthLog { get; init; } = [];

    public IReadOnlyList<string> Output { get; init; } = [];

    public Problem? CreateRefused { get; init; }

    public Problem? StartRefused { get; init; }

    public Problem? RemoveRefused { get; init; }
}
