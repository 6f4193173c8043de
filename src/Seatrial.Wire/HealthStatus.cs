namespace Seatrial.Wire;

/// <summary>How one check of a container went.</summary>
public sealed record HealthStatus
{
    /// <summary>One of <see cref="Healthy"/>, <see cref="Degraded"/>, <see cref="Unhealthy"/>.</summary>
    public required string Status { get; init; }

    /// <summary>One sentence with the values that decided.</summary>
    public required string Message { get; init; }

    /// <summary>Figures by name.</summary>
    public IReadOnlyDictionary<string, string> Details { get; init; } = new Dictionary<string, string>();

    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>Seconds.</summary>
    public required double CheckDuration { get; init; }

    public const string Healthy = "healthy";

    public const string Degraded = "degraded";

    public const string Unhealthy = "unhealthy";
}
