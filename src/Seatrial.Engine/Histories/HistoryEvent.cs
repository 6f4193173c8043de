namespace Seatrial.Engine.Histories;

/// <summary>What a committed change meant for a record.</summary>
public enum EventKind
{
    /// <summary>The record came into its queue.</summary>
    Enqueue,

    /// <summary>A worker took it.</summary>
    Claim,

    /// <summary>A lease was prolonged by its owner.</summary>
    Renew,

    /// <summary>Given back before the lease's end: a drain, or a retry after a failure.</summary>
    Release,

    /// <summary>Taken from its owner after the lease's end.</summary>
    Expire,

    /// <summary>Completed.</summary>
    Done,

    /// <summary>Given up, with its error.</summary>
    Dead,

    /// <summary>The record's result was written.</summary>
    Effect,

    /// <summary>The row was deleted: a loss before completion, tidying up after it.</summary>
    Removed,

    /// <summary>A change that no rule of the mapping allows.</summary>
    Illegal,
}

/// <summary>One committed change of one record, in commit order.</summary>
public readonly record struct HistoryEvent
{
    /// <summary>Dense, from 0: a missing number is a gap.</summary>
    public required long Index { get; init; }

    /// <summary>Where the transaction's commit stands in the write-ahead log.</summary>
    public required ulong CommitLsn { get; init; }

    public required uint Xid { get; init; }

    /// <summary>Commit time on the database's clock, microseconds since 1970 UTC.</summary>
    public required long At { get; init; }

    public required EventKind Kind { get; init; }

    public required string Queue { get; init; }

    /// <summary>The record's id in its queue.</summary>
    public required string Record { get; init; }

    /// <summary>Who did it, as the row says; null when nobody owns the record.</summary>
    public string? Owner { get; init; }

    /// <summary>The fencing token that the row shows; null when the mapping has none.</summary>
    public long? Epoch { get; init; }

    /// <summary>The name of the thing that moves through several queues; null when the mapping has none.</summary>
    public string? Key { get; init; }

    /// <summary>The lease's end, microseconds since 1970 UTC; null when there is none.</summary>
    public long? LeaseUntil { get; init; }

    /// <summary>What was illegal, or the error of a dead record.</summary>
    public string? Detail { get; init; }
}
