namespace Seatrial.Engine.Histories;

/// <summary>How far the log has come: counts at one moment.</summary>
public sealed record LiveCounts
{
    /// <summary>By stage; every stage is there.</summary>
    public required IReadOnlyDictionary<string, QueueCounts> Queues { get; init; }

    /// <summary>By owner, as the rows name them.</summary>
    public required IReadOnlyDictionary<string, OwnerCounts> Owners { get; init; }

    public required long Events { get; init; }

    /// <summary>Commit time of the last event, on the database's clock.</summary>
    public required DateTimeOffset? LastEventAt { get; init; }

    /// <summary>Why the log can't be read on; null as long as it is.</summary>
    public required string? Gap { get; init; }

    /// <summary>Whether nothing waits and nothing runs in any stage.</summary>
    public bool Drained => Queues.Values.All(queue => queue.Backlog == 0);
}

/// <summary>Counts of a queue; <see cref="Ready"/> and <see cref="Running"/> are records now in that state.</summary>
public sealed record QueueCounts(
    long Enqueued, long Claims, long Done, long Dead, long Effects, long Ready, long Running)
{
    /// <summary>Records that are still to be done.</summary>
    public long Backlog => Ready + Running;
}

/// <summary>Counts of one owner over all queues.</summary>
public sealed record OwnerCounts
{
    /// <summary>The queue of its last claim.</summary>
    public required string Queue { get; init; }

    public required long Claims { get; init; }

    /// <summary>Records that were completed while it held them.</summary>
    public required long Done { get; init; }

    /// <summary>Records that it holds now.</summary>
    public required long Held { get; init; }

    /// <summary>Records that were taken from it, after its lease or before.</summary>
    public required long Lost { get; init; }

    /// <summary>Of those lost, the ones that another owner has claimed since.</summary>
    public required long TakenOver { get; init; }

    public required DateTimeOffset LastClaimAt { get; init; }
}
