namespace Seatrial.Worker.Configuration;

/// <summary>A service that the container needs, beside its databases.</summary>
public sealed record ServiceDependency
{
    /// <summary>In upper case, as in its variables.</summary>
    public required string ServiceName { get; init; }

    /// <summary>
    /// <c>http://prefect:4200/api/health</c> must answer with a status below 400; <c>tcp://cache:6379</c> must accept a
    /// connection.
    /// </summary>
    public required Uri HealthEndpoint { get; init; }

    /// <summary>How long it is waited for at start.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Attempts within <see cref="Timeout"/>; 0 for as many as fit.</summary>
    public int RetryAttempts { get; init; }

    /// <summary>
    /// Whether the container can't work without it; the others are gone on without and picked up later.
    /// </summary>
    public bool Required { get; init; } = true;
}
