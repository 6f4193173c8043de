namespace Seatrial.Engine.Measurements.Databases;

/// <summary>What the database said of itself at an instant.</summary>
public sealed record DatabaseSample
{
    public required DateTimeOffset At { get; init; }

    /// <summary>Why it said nothing; null when it did.</summary>
    public string? Failure { get; init; }

    /// <summary>Clients' sessions, those of this program left out.</summary>
    public IReadOnlyList<SessionCount> Sessions { get; init; } = [];

    /// <summary>Sessions that wait for a lock, the longest wait first.</summary>
    public IReadOnlyList<LockWait> Locks { get; init; } = [];

    /// <summary>Statements at work, the longest first.</summary>
    public IReadOnlyList<RunningStatement> Running { get; init; } = [];

    /// <summary>Looked at every two seconds.</summary>
    public DatabaseCounters? Counters { get; init; }

    /// <summary>The same; the busiest tables.</summary>
    public IReadOnlyList<TableCounters>? Tables { get; init; }
}

/// <summary>So many sessions alike.</summary>
/// <param name="Address">The client's; empty for one on the server's own socket.</param>
/// <param name="State">E.g. <c>active</c>, <c>idle</c>, <c>idle in transaction</c>.</param>
/// <param name="WaitType">E.g. <c>Lock</c>, <c>IO</c>, <c>Client</c>; empty when it does not wait.</param>
/// <param name="Wait">What for, by the server's name of it.</param>
/// <param name="Count">How many.</param>
public sealed record SessionCount(string Address, string State, string WaitType, string Wait, int Count)
{
    /// <summary>Whether it is in nobody's hands.</summary>
    public bool IsIdle => State is "idle";
}

/// <summary>A session that waits for a lock, and one that keeps it from it.</summary>
/// <param name="Address">Of who waits.</param>
/// <param name="Statement">Of who waits.</param>
/// <param name="Seconds">How long its statement has taken.</param>
/// <param name="BlockerProcess">The server's process of who holds the lock.</param>
/// <param name="BlockerAddress">Of who holds it.</param>
/// <param name="BlockerName">How it calls itself.</param>
/// <param name="BlockerState">E.g. <c>idle in transaction</c>.</param>
/// <param name="BlockerStatement">Its last one.</param>
/// <param name="BlockerSeconds">How old its transaction is.</param>
/// <param name="IsRoot">Whether it waits for no lock itself.</param>
public sealed record LockWait(
    string Address,
    string Statement,
    double Seconds,
    int BlockerProcess,
    string BlockerAddress,
    string BlockerName,
    string BlockerState,
    string BlockerStatement,
    double BlockerSeconds,
    bool IsRoot);

/// <summary>A statement at work.</summary>
public sealed record RunningStatement(string Address, string Statement, double Seconds, string WaitType);

/// <summary>Counts of the whole database since its statistics began.</summary>
/// <param name="Commits">Transactions.</param>
/// <param name="Rollbacks">Transactions.</param>
/// <param name="Hits">Pages that were in the cache.</param>
/// <param name="Reads">Pages that were not.</param>
/// <param name="TemporaryBytes">Spilt to disk.</param>
/// <param name="Deadlocks">Found.</param>
/// <param name="Wal">Bytes of log written.</param>
/// <param name="Size">Bytes of the database on its disk; 0 where that was not asked.</param>
public sealed record DatabaseCounters(
    long Commits, long Rollbacks, long Hits, long Reads, long TemporaryBytes, long Deadlocks, long Wal, long Size);

/// <summary>Counts of a table since its statistics began.</summary>
/// <param name="Table">With its schema.</param>
/// <param name="Scans">Of the whole table.</param>
/// <param name="ScannedRows">Read by them.</param>
/// <param name="IndexScans">Of all of its indexes.</param>
/// <param name="Live">Rows.</param>
/// <param name="Dead">Rows that no transaction sees any more, and that still take room.</param>
public sealed record TableCounters(
    string Table, long Scans, long ScannedRows, long IndexScans, long Live, long Dead);

/// <summary>What a statement took while it was watched, by <c>pg_stat_statements</c>.</summary>
public sealed record StatementUse(string Statement, long Calls, double Seconds, long Rows);
