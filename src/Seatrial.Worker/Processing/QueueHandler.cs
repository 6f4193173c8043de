using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Npgsql;

namespace Seatrial.Worker.Processing;

/// <summary>A flow's code for one queue, with the payload's type closed over.</summary>
internal sealed record QueueHandler
{
    public required string Queue { get; init; }

    public required Func<ClaimedRecord, CancellationToken, ValueTask<(object Typed, Outcome Outcome)>> HandleAsync
    {
        get;
        init;
    }

    /// <summary>The flow's <see cref="Record{TPayload}"/>; null where the payload has not its shape.</summary>
    public required Func<ClaimedRecord, object?> TryRead { get; init; }

    /// <summary>Why the payload has not its shape; null where it has.</summary>
    public required Func<ClaimedRecord, string?> ProblemOf { get; init; }

    /// <summary>Runs in the completing transaction.</summary>
    public Func<NpgsqlConnection, IEnumerable<object>, CancellationToken, Task>? CompletingAsync { get; init; }

    public static QueueHandler Create<TPayload>(
        string queue,
        JsonTypeInfo<TPayload> payload,
        Func<Record<TPayload>, CancellationToken, ValueTask<Outcome>> handleAsync) => new()
        {
            Queue = queue,
            TryRead = claimed => TryReadAs(claimed, payload),
            ProblemOf = claimed => ProblemAs(claimed, payload),
            HandleAsync = async (claimed, cancellationToken) =>
            {
                var record = Read(claimed, payload);
                return (record, await handleAsync(record, cancellationToken).ConfigureAwait(false));
            },
        };

    public QueueHandler Completing<TPayload>(
        Func<CompletingBatch<TPayload>, CancellationToken, Task> completingAsync) =>
        this with
        {
            CompletingAsync = (connection, records, cancellationToken) => completingAsync(
                new CompletingBatch<TPayload>(connection, [.. records.Cast<Record<TPayload>>()]), cancellationToken),
        };

    private static Record<TPayload>? TryReadAs<TPayload>(ClaimedRecord claimed, JsonTypeInfo<TPayload> type)
    {
        try
        {
            return Read(claimed, type);
        }
        catch (PayloadException)
        {
            return null;
        }
    }

    private static string? ProblemAs<TPayload>(ClaimedRecord claimed, JsonTypeInfo<TPayload> type)
    {
        try
        {
            PayloadOf(claimed, type);
            return null;
        }
        catch (PayloadException e)
        {
            return e.Message;
        }
    }

    private static TPayload PayloadOf<TPayload>(ClaimedRecord claimed, JsonTypeInfo<TPayload> type)
    {
        try
        {
            return JsonSerializer.Deserialize(claimed.Payload, type)
                ?? throw new JsonException($"it is null instead of {typeof(TPayload).Name}.");
        }
        catch (JsonException e)
        {
            throw new PayloadException(e);
        }
    }

    private static Record<TPayload> Read<TPayload>(ClaimedRecord claimed, JsonTypeInfo<TPayload> type) => new()
    {
        Id = claimed.Id,
        Key = claimed.Key,
        Payload = PayloadOf(claimed, type),
        Attempt = claimed.Attempt,
        Fence = claimed.Fence,
    };
}
