using Seatrial.Worker.Prefect;

namespace Seatrial.Worker.Configuration;

/// <summary>The settings of what Prefect is told, a part of <see cref="ContainerOptions"/>.</summary>
internal static class PrefectOptions
{
    private const string Prefix = "CONTAINER_PREFECT__";

    private static readonly PrefectConfig _preset = new() { ApiUrl = new Uri("http://none") };

    public static readonly ContainerOption.Endpoint ApiUrl = new(
        Prefix + "API_URL", ["http", "https"], "http://prefect:4200/api",
        "Where Prefect is; `PREFECT_API_URL` holds without it, and without both there is no Prefect.");

    public static readonly ContainerOption.Text Authentication = new(
        Prefix + "API_AUTH_STRING", null, "user:password",
        "For a server that asks for it; `PREFECT_API_AUTH_STRING` holds without it.")
    { IsSecret = true };

    public static readonly ContainerOption.Duration IdleAfter = new(
        Prefix + "IDLE_AFTER", (Millis(100), Hours(1)), _preset.IdleAfter,
        "After so long without work, and with nothing held, a run has ended.");

    public static readonly ContainerOption.Duration StepLength = new(
        Prefix + "STEP_LENGTH", (Millis(100), Hours(1)), _preset.StepLength,
        "The longest interval of work that becomes one step.");

    public static readonly ContainerOption.Duration Timeout = new(
        Prefix + "TIMEOUT", (Millis(100), Hours(1)), _preset.Timeout, "For one request.");

    public static readonly ContainerOption.Whole RequestsPerSecond = new(
        Prefix + "REQUESTS_PER_SECOND", (1, 1000), _preset.RequestsPerSecond, "The most that the server is asked.");

    public static readonly ContainerOption.Duration ReadBackAfter = new(
        Prefix + "READ_BACK_AFTER", (Millis(100), Hours(1)), _preset.ReadBackAfter,
        "The time that the server's recorder has for a step before it is looked for.");

    public static readonly ContainerOption.Duration FlushTimeout = new(
        Prefix + "FLUSH_TIMEOUT", (Millis(1), Hours(1)), _preset.FlushTimeout,
        "The most that a drained worker waits for its last messages to go out.");

    public static readonly ContainerOption.Whole MaxRows = new(
        Prefix + "MAX_ROWS", (100, 10_000_000), _preset.MaxRows, "Messages in the outbox.");

    public static readonly ContainerOption.Duration MaxAge = new(
        Prefix + "MAX_AGE", (Hours(1), Hours(24 * 365)), _preset.MaxAge,
        "How long settled runs are kept for a server that loses its database.");

    public static readonly ContainerOption.Duration FirstDelay = new(
        Prefix + "RETRY_CONFIG__FIRST_DELAY", (Millis(1), Hours(24)), _preset.RetryConfig.FirstDelay,
        "The first wait while the server is away, doubled each time.");

    public static readonly ContainerOption.Duration MaxDelay = new(
        Prefix + "RETRY_CONFIG__MAX_DELAY", (Millis(1), Hours(24)), _preset.RetryConfig.MaxDelay,
        "The longest wait while the server is away.");

    public static IReadOnlyList<ContainerOption> All { get; } =
    [
        ApiUrl, Authentication, IdleAfter, StepLength, Timeout, RequestsPerSecond, ReadBackAfter, FlushTimeout, MaxRows,
        MaxAge, FirstDelay, MaxDelay,
    ];

    private static TimeSpan Millis(int count) => TimeSpan.FromMilliseconds(count);

    private static TimeSpan Hours(int count) => TimeSpan.FromHours(count);
}
