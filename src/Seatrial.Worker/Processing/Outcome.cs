using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Seatrial.Worker.Processing;

/// <summary>
/// What became of a record: done, with a result and records for next queues, or rejected. It takes effect as a whole,
/// in the transaction that ends the record, and only if the worker still holds it then. To have the record tried again
/// later, throw.
/// </summary>
public sealed record Outcome
{
    private Outcome()
    {
    }

    /// <summary>What is kept, as JSON; null without a result.</summary>
    public string? Result { get; private init; }

    /// <summary>Why the record can't ever be worked on; null when it is done.</summary>
    public string? Rejection { get; private init; }

    internal IReadOnlyList<FollowUp> FollowUps { get; private init; } = [];

    /// <summary>Of the span that it was decided in, as W3C's <c>traceparent</c>; null where nobody listened.</summary>
    internal string? Trace { get; init; }

    /// <summary>Done, without a result.</summary>
    public static Outcome Done() => new();

    /// <summary>Done, with a result that is kept.</summary>
    public static Outcome Done<TResult>(TResult result, JsonTypeInfo<TResult> type) =>
        new() { Result = JsonSerializer.Serialize(result, type) };

    /// <summary>As it was decided before, by this worker or one that is gone.</summary>
    internal static Outcome Restored(string? result, IReadOnlyList<FollowUp> followUps) =>
        new() { Result = result, FollowUps = followUps };

    /// <summary>
    /// Dead at once, without another attempt: the record itself is wrong, and <paramref name="reason"/> says how.
    /// </summary>
    public static Outcome Reject(string reason) => new() { Rejection = reason };

    /// <summary>And then a record for another queue, under the same key.</summary>
    public Outcome Then<TPayload>(string queue, TPayload payload, JsonTypeInfo<TPayload> type) =>
        Append(new FollowUp(queue, null, JsonSerializer.Serialize(payload, type)));

    /// <summary>And then a record for another queue, under a key of its own.</summary>
    public Outcome Then<TPayload>(string queue, string key, TPayload payload, JsonTypeInfo<TPayload> type) =>
        Append(new FollowUp(queue, key, JsonSerializer.Serialize(payload, type)));

    private Outcome Append(FollowUp followUp)
    {
        if (Rejection is not null)
        {
            throw new InvalidOperationException("A rejected record has no follow-ups: they would never be written.");
        }

        return this with { FollowUps = [.. FollowUps, followUp] };
    }
}

/// <summary>A record for another queue; a null key is the key of the record that it follows.</summary>
internal sealed record FollowUp(string Queue, string? Key, string Payload);
