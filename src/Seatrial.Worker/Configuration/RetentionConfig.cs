namespace Seatrial.Worker.Configuration;

/// <summary>How long it is kept what no worker needs any more; zero is for ever.</summary>
public sealed record RetentionConfig
{
    /// <summary>Of a record that was done. They are the user's, who may read them: kept unless it is said.</summary>
    public TimeSpan Results { get; init; }

    /// <summary>Of chunks that were done, with the payloads of their records.</summary>
    public TimeSpan Chunks { get; init; } = TimeSpan.FromHours(24);
}
