using Seatrial.Worker.Configuration;

namespace Seatrial.Worker.Prefect;

/// <summary>Where Prefect is, and how it is told of the work.</summary>
internal sealed record PrefectConfig
{
    /// <summary>E.g. <c>http://prefect:4200/api</c>.</summary>
    public required Uri ApiUrl { get; init; }

    /// <summary><c>user:password</c>; null for a server that asks for none.</summary>
    public string? Authentication { get; init; }

    /// <summary>Where the outbox lies; on a volume it outlives the container.</summary>
    public string StateFolder { get; init; } = "/var/lib/seatrial";

    /// <summary>After so long without a claim or an end, and with nothing held, a run has ended.</summary>
    public TimeSpan IdleAfter { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest interval that becomes one step.</summary>
    public TimeSpan StepLength { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Of one request.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    public int RequestsPerSecond { get; init; } = 20;

    /// <summary>The time that the server's recorder has for a step before it is looked for.</summary>
    public TimeSpan ReadBackAfter { get; init; } = TimeSpan.FromSeconds(7);

    /// <summary>The most that a drained worker waits for its last messages to go out.</summary>
    public TimeSpan FlushTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Entries in the outbox.</summary>
    public int MaxRows { get; init; } = 20_000;

    /// <summary>How long settled runs are kept for a server that loses its database.</summary>
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromDays(3);

    /// <summary>Waits between attempts to reach a server that is away.</summary>
    public RetryConfig RetryConfig { get; init; } = new()
    {
        FirstDelay = TimeSpan.FromSeconds(1),
        MaxDelay = TimeSpan.FromSeconds(60),
    };
}
