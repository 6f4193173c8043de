using Npgsql;

namespace Seatrial.Engine.Measurements.Databases;

/// <summary>Asks a server how it is, over one session.</summary>
internal static class DatabaseWatch
{
    /// <summary>The name that this program's session has there.</summary>
    public const string Name = "seatrial-watch";

    /// <param name="connection">A session.</param>
    /// <param name="at">When.</param>
    /// <param name="isWhole">Whether to ask for counters and tables too.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<DatabaseSample> LookAsync(
        NpgsqlConnection connection, DateTimeOffset at, bool isWhole, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection) { Timeout = 5 };
        string[] queries = isWhole
            ? [DatabaseQueries.Sessions, DatabaseQueries.Locks, DatabaseQueries.Running, DatabaseQueries.Counters,
                DatabaseQueries.Tables]
            : [DatabaseQueries.Sessions, DatabaseQueries.Locks, DatabaseQueries.Running];
        foreach (var query in queries)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(query));
        }

        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        var sessions = await ReadAsync(reader, Session, cancellationToken);
        var locks = await ReadAsync(reader, Lock, cancellationToken);
        var running = await ReadAsync(reader, Statement, cancellationToken);
        return new DatabaseSample
        {
            At = at,
            Sessions = sessions,
            Locks = locks,
            Running = running,
            Counters = isWhole && await ReadAsync(reader, Counters, cancellationToken) is [var counters]
                ? counters : null,
            Tables = isWhole ? await ReadAsync(reader, Table, cancellationToken) : null,
        };
    }

    /// <summary>By the statement's id; empty where the extension is not loaded.</summary>
    public static async Task<IReadOnlyDictionary<long, StatementUse>> StatementsAsync(
        NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            var statements = new Dictionary<long, StatementUse>();
            await using var command = new NpgsqlCommand(DatabaseQueries.Statements, connection) { CommandTimeout = 5 };
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                // One statement stands there once for each user.
                var before = statements.GetValueOrDefault(reader.GetInt64(0));
                statements[reader.GetInt64(0)] = new StatementUse(
                    reader.GetString(1), reader.GetInt64(2) + (before?.Calls ?? 0),
                    reader.GetDouble(3) + (before?.Seconds ?? 0), reader.GetInt64(4) + (before?.Rows ?? 0));
            }

            return statements;
        }
        catch (PostgresException)
        {
            return new Dictionary<long, StatementUse>();
        }
    }

    private static async Task<IReadOnlyList<T>> ReadAsync<T>(
        NpgsqlDataReader reader, Func<NpgsqlDataReader, T> one, CancellationToken cancellationToken)
    {
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(one(reader));
        }

        await reader.NextResultAsync(cancellationToken);
        return rows;
    }

    private static SessionCount Session(NpgsqlDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetInt32(4));

    private static LockWait Lock(NpgsqlDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetDouble(2), row.GetInt32(3), row.GetString(4), row.GetString(5),
        row.GetString(6), row.GetString(7), row.GetDouble(8), row.GetBoolean(9));

    private static RunningStatement Statement(NpgsqlDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetDouble(2), row.GetString(3));

    private static DatabaseCounters Counters(NpgsqlDataReader row) => new(
        row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5),
        row.GetInt64(6), row.GetInt64(7));

    private static TableCounters Table(NpgsqlDataReader row) => new(
        row.GetString(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5));
}
