using System.Text;
using Npgsql;
using Seatrial.Wire;
using Seatrial.Worker.Configuration;
using Seatrial.Worker.Recovery;

namespace Seatrial.Worker.Processing;

/// <summary>How a held record leaves its owner.</summary>
internal abstract record Ending
{
    private const string NotInRepertoire = PostgresErrorCodes.CharacterNotInRepertoire;
    private const string Untranslatable = PostgresErrorCodes.UntranslatableCharacter;

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
        outcome.Rejection is { } reason ? new Dead(StorableText.Of(reason)) : new Done(outcome);

    /// <summary>Too large before it was read.</summary>
    public static Ending OfSize(ClaimedRecord record, WorkerConfig config) => new Dead(FormattableString.Invariant(
        $"The payload has {record.Payload.Length} bytes, more than the {config.MaxPayload} that this flow takes.")
        + $"  fix: put in less, or raise {ContainerVariables.MaxPayload}.");

    /// <summary>
    /// What lies in the record stays so; anything else is tried again until the attempts are used up.
    /// </summary>
    public static Ending OfFailure(ClaimedRecord record, Exception error, WorkerConfig config)
    {
        var text = StorableText.Of($"{error.GetType().Name}: {error.Message}");
        return error switch
        {
            PayloadException wrong => new Dead(StorableText.Of(wrong.Message)),
            PostgresException { SqlState: NotInRepertoire or Untranslatable } or EncoderFallbackException =>
                new Dead($"The outcome holds text that the database can't hold, such as NUL: {text}"),
            _ => record.Attempt >= config.MaxAttempts
                ? new Dead($"Failed {record.Attempt} times, at last with {text}")
                : new Retry(text, Backoff.Delay(config.RetryConfig, record.Attempt)),
        };
    }
}
