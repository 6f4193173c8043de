using System.Text.Json.Serialization;
using Seatrial.Worker.Processing;

namespace Seatrial.Worker.Recovery;

/// <summary>Finished work that the database has not taken yet, as it lies on the disk.</summary>
internal sealed record JournalEntry
{
    public required string Queue { get; init; }

    /// <summary>Under whose name the results are written.</summary>
    public required string Owner { get; init; }

    public long? Chunk { get; init; }

    public required IReadOnlyList<JournalRecord> Records { get; init; }

    public static JournalEntry Of(string queue, string owner, HandledBatch batch) => new()
    {
        Queue = queue,
        Owner = owner,
        Chunk = batch.Lease.Chunk,
        Records = [.. batch.Records.Select(JournalRecord.Of)],
    };
}

/// <summary>A record and how it ended.</summary>
internal sealed record JournalRecord
{
    public required long Id { get; init; }

    public required string Key { get; init; }

    public required byte[] Payload { get; init; }

    public required long Fence { get; init; }

    public required int Attempt { get; init; }

    /// <summary>One of the cases of <see cref="Ending"/>.</summary>
    public required string Ending { get; init; }

    /// <summary>Of one that was done: JSON.</summary>
    public string? Result { get; init; }

    public IReadOnlyList<FollowUp> FollowUps { get; init; } = [];

    /// <summary>Of one that failed.</summary>
    public string? Error { get; init; }

    /// <summary>Before it is tried again.</summary>
    public TimeSpan Wait { get; init; }

    /// <summary>For what follows the record.</summary>
    public string? Trace { get; init; }

    [JsonIgnore]
    public ClaimedRecord Claimed => new(Id, Key, Payload, Fence, Attempt) { Trace = Trace };

    public static JournalRecord Of(HandledRecord record)
    {
        var plain = new JournalRecord
        {
            Id = record.Claimed.Id,
            Key = record.Claimed.Key,
            Payload = record.Claimed.Payload,
            Fence = record.Claimed.Fence,
            Attempt = record.Claimed.Attempt,
            Ending = record.Ending.GetType().Name,
            Trace = record.Claimed.Trace,
        };
        return record.Ending switch
        {
            Ending.Done done => plain with
            {
                Result = done.Outcome.Result,
                FollowUps = done.Outcome.FollowUps,
                Trace = done.Outcome.Trace ?? plain.Trace,
            },
            Ending.Dead dead => plain with { Error = dead.Error },
            Ending.Retry retry => plain with { Error = retry.Error, Wait = retry.Wait },
            _ => plain,
        };
    }

    /// <summary>What the record's owner had decided.</summary>
    public Ending Decided() => Ending switch
    {
        nameof(Processing.Ending.Done) => new Ending.Done(Outcome.Restored(Result, FollowUps)),
        nameof(Processing.Ending.Dead) => new Ending.Dead(Error ?? ""),
        nameof(Processing.Ending.Retry) => new Ending.Retry(Error ?? "", Wait),
        nameof(Processing.Ending.Apart) => new Ending.Apart(),
        _ => new Ending.Untouched(),
    };
}

[JsonSerializable(typeof(JournalEntry))]
internal sealed partial class JournalJson : JsonSerializerContext;
