using Npgsql;

namespace Seatrial.Engine.Histories;

/// <summary>
/// Counts what the tables hold and writes the judge's mark into the log, in one transaction: the counts are the tables'
/// state exactly where the mark stands.
/// </summary>
internal static class TableCounting
{
    private static readonly TimeSpan LockWithin = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Keeps writers out while it counts. Where a forgotten transaction holds a table for ever it counts without: then
    /// a difference may be a change that came in between.
    /// </summary>
    public static async Task<TableCounts> CountAndMarkAsync(
        NpgsqlConnection connection, TrialTables tables, string mark, CancellationToken cancellationToken)
    {
        try
        {
            return await CountAsync(connection, tables, mark, exact: true, cancellationToken);
        }
        catch (PostgresException exception) when (exception.SqlState is
            PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.InsufficientPrivilege)
        {
            return await CountAsync(connection, tables, mark, exact: false, cancellationToken);
        }
    }

    /// <summary>Writes a mark into the log, where it comes after all that has committed before.</summary>
    public static async Task MarkAsync(NpgsqlConnection connection, string mark, CancellationToken cancellationToken)
    {
        await using var marking = new NpgsqlCommand(
            $"select pg_logical_emit_message(true, '{WalDecoder.MarkerPrefix}', @mark)", connection);
        marking.Parameters.AddWithValue("mark", mark);
        await marking.ExecuteNonQueryAsync(cancellationToken);
    }

    public static async Task<long> ScalarAsync(
        NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return (long)(await command.ExecuteScalarAsync(cancellationToken) ?? 0L);
    }

    private static async Task<TableCounts> CountAsync(
        NpgsqlConnection connection, TrialTables tables, string mark, bool exact, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (exact)
        {
            await using var locking = new NpgsqlCommand(
                $"set local lock_timeout = {(long)LockWithin.TotalMilliseconds}; "
                + $"lock table {tables.Queue.QualifiedName}, {tables.Effect.QualifiedName} in share mode",
                connection);
            await locking.ExecuteNonQueryAsync(cancellationToken);
        }

        var (queue, effect) = (tables.Mapping.Queue, tables.Mapping.Effect);
        var counts = new TableCounts
        {
            Records = await GroupsAsync(
                connection,
                $"select {Text(queue.QueueName)}, coalesce({SqlIdentifiers.Quote(queue.State)}::text, ''), count(*) "
                + $"from {tables.Queue.QualifiedName} group by 1, 2 order by 1, 2",
                cancellationToken),
            Effects = await GroupsAsync(
                connection,
                $"select {Text(effect.QueueName)}, '', count(*) from {tables.Effect.QualifiedName} group by 1, 2 order by 1, 2",
                cancellationToken),
            Exact = exact,
        };
        await MarkAsync(connection, mark, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return counts;
    }

    private static async Task<IReadOnlyList<StateCount>> GroupsAsync(
        NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var groups = new List<StateCount>();
        while (await reader.ReadAsync(cancellationToken))
        {
            groups.Add(new StateCount(reader.GetString(0), reader.GetString(1), reader.GetInt64(2)));
        }

        return groups;
    }

    private static string Text(string? column) =>
        column is null ? "''" : $"coalesce({SqlIdentifiers.Quote(column)}::text, '')";
}
