namespace Seatrial.Worker.Configuration;

/// <summary>Exponential waits: the first, doubled each time, never above the greatest, with jitter.</summary>
public sealed record RetryConfig
{
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromMinutes(1);
}
