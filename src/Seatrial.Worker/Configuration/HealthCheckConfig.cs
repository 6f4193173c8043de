namespace Seatrial.Worker.Configuration;

/// <summary>Where and how often the container says how it is.</summary>
public sealed record HealthCheckConfig
{
    /// <summary>
    /// Of the HTTP endpoints <c>/livez</c>, <c>/readyz</c>, <c>/startupz</c>, <c>/health</c> and the others.
    /// </summary>
    public int Port { get; init; } = 8080;

    /// <summary>Between two checks.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>For one check.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(2);
}
