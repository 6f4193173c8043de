namespace Seatrial.Engine.Specs;

/// <summary>
/// From tables, columns and states to events, as data, so that any worker over a PostgreSQL queue can be tried. A
/// column that is null does not exist there, and the checks that need it say so.
/// </summary>
public sealed record RecordMapping
{
    public required QueueTable Queue { get; init; }

    public required EffectTable Effect { get; init; }

    /// <summary>
    /// The way of a record: the queues in order. One queue is the rule; several are checked for hand-over.
    /// </summary>
    public required IReadOnlyList<string> Stages { get; init; }
}

/// <summary>The table whose rows are the records.</summary>
public sealed record QueueTable
{
    /// <summary>With its schema: <c>seatrial.records</c>.</summary>
    public required string Table { get; init; }

    public required string Id { get; init; }

    /// <summary>
    /// The column that tells queues apart; null when the table is one queue, named by <see
    /// cref="RecordMapping.Stages"/>.
    /// </summary>
    public string? QueueName { get; init; }

    public string? Key { get; init; }

    public required string State { get; init; }

    public string? Owner { get; init; }

    public string? Epoch { get; init; }

    public string? LeaseUntil { get; init; }

    public string? Error { get; init; }

    public required IReadOnlyList<string> Ready { get; init; }

    public required IReadOnlyList<string> Running { get; init; }

    /// <summary>Empty with <see cref="DeleteIsDone"/>.</summary>
    public required IReadOnlyList<string> Done { get; init; }

    public IReadOnlyList<string> Dead { get; init; } = [];

    /// <summary>Whether completion deletes the row.</summary>
    public bool DeleteIsDone { get; init; }
}

/// <summary>
/// The table whose inserts are the effects. It must not be unique by record: that would hide a duplicate.
/// </summary>
public sealed record EffectTable
{
    public required string Table { get; init; }

    /// <summary>The column with the record's id.</summary>
    public required string Record { get; init; }

    public string? QueueName { get; init; }

    public string? Owner { get; init; }

    public string? Epoch { get; init; }
}
