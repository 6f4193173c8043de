namespace Seatrial.Engine.Measurements.Databases;

/// <summary>What the database said of itself, put together.</summary>
public sealed record DatabaseUse
{
    public required int Looks { get; init; }

    /// <summary>Looks at which it did not answer.</summary>
    public required int Silent { get; init; }

    /// <summary>Sessions by client, the most first.</summary>
    public required IReadOnlyList<ClientSessions> Clients { get; init; }

    /// <summary>What sessions waited for, the most first: mean sessions at a look.</summary>
    public required IReadOnlyList<WaitUse> Waits { get; init; }

    public required long Commits { get; init; }

    public required long Rollbacks { get; init; }

    public required long Deadlocks { get; init; }

    /// <summary>Bytes of log.</summary>
    public required long Wal { get; init; }

    /// <summary>The part of pages that were in the cache; null where none was read.</summary>
    public double? CacheHits { get; init; }

    public required IReadOnlyList<TableUse> Tables { get; init; }

    /// <summary>The longest lock waits seen, one for each blocker's statement.</summary>
    public required IReadOnlyList<LockWait> Locks { get; init; }

    /// <summary>By <c>pg_stat_statements</c> where it is loaded; else the longest seen.</summary>
    public required IReadOnlyList<StatementUse> Statements { get; init; }

    /// <summary>Whether they are only what was seen at the looks.</summary>
    public required bool IsSampled { get; init; }
}

/// <summary>Sessions of a client.</summary>
/// <param name="Client">Its container.</param>
/// <param name="Most">At a look.</param>
/// <param name="Active">Mean sessions in a statement.</param>
/// <param name="InTransaction">Mean sessions in a transaction that wait for their client.</param>
/// <param name="Idle">Mean sessions in nobody's hands.</param>
public sealed record ClientSessions(string Client, int Most, double Active, double InTransaction, double Idle);

/// <summary>What sessions waited for.</summary>
/// <param name="Type">E.g. <c>Lock</c>; empty for those that did not wait, and computed.</param>
/// <param name="Wait">The server's name of it.</param>
/// <param name="Sessions">Mean at a look.</param>
public sealed record WaitUse(string Type, string Wait, double Sessions);

/// <summary>How a table was read, and what is in it.</summary>
/// <param name="Table">With its schema.</param>
/// <param name="Scans">Of the whole table.</param>
/// <param name="ScannedRows">Read by them.</param>
/// <param name="IndexScans">By its indexes.</param>
/// <param name="Live">Rows at the end.</param>
/// <param name="Dead">Rows at the end that nobody sees any more.</param>
/// <param name="MostDead">The same at their most.</param>
public sealed record TableUse(
    string Table, long Scans, long ScannedRows, long IndexScans, long Live, long Dead, long MostDead);
