using System.Text.Json;
using Seatrial.Worker.Configuration;
using Seatrial.Worker.Recovery;

namespace Seatrial.Worker.Processing;

/// <summary>How a held record leaves its owner.</summary>
internal abstract record Ending
{
    private Ending()
    {
    }

    /// <summary>With its result and follow-ups.</summary>
    public sealed record Done(Outcome Outcome) : Ending;

    /// <summary>Given up.</summary>
    public sealed record Dead(string Error) : Ending;

    /// <summary>Back to the queue after a failure.</summary>
    public sealed record Retry(string Error, TimeSpan Wait) : Ending;

    /// <summary>Back to the queue untouched.</summary>
    public sealed record Untouched : Ending;

    /// <summary>Out of its chunk, to run again by itself: the chunk as a whole could not be stored.</summary>
    public sealed record Apart : Ending;

    public static Ending Of(Outcome outcome) =>
        outcome.Rejection is { } reason ? new Dead(reason) : new Done(outcome);

    /// <summary>Broken JSON stays broken; anything else is tried again until the attempts are used up.</summary>
    public static Ending OfFailure(ClaimedRecord record, Exception error, WorkerConfig config)
    {
        var text = Describe(error);
        return error is JsonException
            ? new Dead($"The payload does not have the shape that this flow reads: {text}")
            : record.Attempt >= config.MaxAttempts
            ? new Dead($"Failed {record.Attempt} times, at last with {text}")
            : new Retry(text, Backoff.Delay(config.RetryConfig, record.Attempt));
    }

    // PostgreSQL's text has no NUL.
    private static string Describe(Exception error) =>
        $"{error.GetType().Name}: {error.Message}".Replace("\0", "\\0", StringComparison.Ordinal);
}
