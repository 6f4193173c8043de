using System.Text.RegularExpressions;
using Npgsql;
using Npgsql.Replication;
using Seatrial.Engine.Specs;

namespace Seatrial.Engine.Histories;

/// <summary>
/// The publication and the permanent slot of one trial. Only the mapped tables are published: publishing all would stop
/// updates of any table without a primary key, and so break the system under trial.
/// </summary>
internal sealed partial class TrialSlot(LogDatabase database, string connectionString, string name, TimeProvider clock)
{
    private const int ColumnListsSince = 150_000;
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(10);

    public string Name { get; } = name;

    /// <summary>As pgoutput takes them.</summary>
    public string Publications { get; private set; } = name;

    private string Inserts => Name + "_inserts";

    /// <exception cref="SeatrialException">The server would not take the name, or would cut it.</exception>
    public static void CheckName(string name, string folder)
    {
        if (!Names().IsMatch(name))
        {
            throw new SeatrialException(
                ExitCode.Usage, $"'{name}' can't be a slot's name.", folder,
                "Use up to 55 lower-case letters, digits and underscores.");
        }
    }

    /// <summary>
    /// Makes the publication and the slot, and gives the rows that were there before it to <paramref name="seed"/>.
    /// </summary>
    public async Task<ulong> CreateAsync(
        NpgsqlConnection connection, TrialTables tables, Action<RowState, ulong, long> seed,
            CancellationToken cancellationToken)
    {
        var columns =
            (await LogDatabase.ReadServerAsync(connection, cancellationToken)).VersionNumber >= ColumnListsSince;
        var queue = Published(tables.Queue, RelationLayout.ColumnsOf(tables.Mapping.Queue), columns);
        var effect = Published(tables.Effect, RelationLayout.ColumnsOf(tables.Mapping.Effect), columns);
        if (tables.Effect.HasIdentity)
        {
            await PublishAsync(
                connection, Name, $"{queue}, {effect}", "insert, update, delete, truncate", cancellationToken);
        }
        else
        {
            await PublishAsync(connection, Name, queue, "insert, update, delete, truncate", cancellationToken);
            await PublishAsync(connection, Inserts, effect, "insert, truncate", cancellationToken);
            Publications = $"{Name},{Inserts}";
        }

        await using var replication = new LogicalReplicationConnection(connectionString);
        await replication.Open(cancellationToken);
        var slot = await replication.CreatePgOutputReplicationSlot(
            Name, slotSnapshotInitMode: LogicalSlotSnapshotInitMode.Export, cancellationToken: cancellationToken);
        var position = (ulong)slot.ConsistentPoint;
        try
        {
            await SeedAsync(
                connection, tables, slot.SnapshotName, (row, at) => seed(row, position, at), cancellationToken);
            return position;
        }
        catch (NpgsqlException exception)
        {
            // Its snapshot lives as long as its session.
            throw new SeatrialException(
                ExitCode.Unavailable,
                [
                    new Problem
                    {
                        What = $"The judge's slot was lost while it was being made: {exception.Message}",
                        Where = $"replication slot {Name} at {connection.DataSource}",
                        Fix = "See in the database's log what ended its session, then run the trial again.",
                    },
                ],
                exception);
        }
    }

    /// <summary>
    /// Throws <see cref="HistoryGapException"/> unless the slot that this process reads stands where it was left. Asked
    /// once it is read, since only then can nobody drop it and make it anew.
    /// </summary>
    public async Task CheckAsync(int reader, ulong confirmed, Task reading, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        while (true)
        {
            var begun = reading.IsCompleted;
            if (await IsReadAsync(connection, reader, confirmed, cancellationToken)
                || reading.IsFaulted || reading.IsCanceled)
            {
                return;
            }

            if (begun)
            {
                throw new IOException($"slot {Name} is no longer read by session {reader}, which has begun to");
            }

            await Task.WhenAny(reading, Task.Delay(LookAgain, clock, cancellationToken));
        }
    }

    /// <summary>Removes slot and publications; no error for what is gone.</summary>
    public async Task DropAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                // A reader that has just gone may still hold it.
                new NpgsqlBatchCommand(
                    $"select pg_terminate_backend(active_pid, 5000) from pg_replication_slots where slot_name = '{Name}' and active"),
                new NpgsqlBatchCommand(
                    $"select pg_drop_replication_slot(slot_name) from pg_replication_slots where slot_name = '{Name}'"),
                new NpgsqlBatchCommand($"drop publication if exists {Name}, {Inserts}"),
            },
        };
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task<bool> IsReadAsync(
        NpgsqlConnection connection, int reader, ulong confirmed, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "select confirmed_flush_lsn::text, coalesce(active_pid, 0) from pg_replication_slots where slot_name = @name",
            connection);
        command.Parameters.AddWithValue("name", Name);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        if (!await row.ReadAsync(cancellationToken) || row.GetInt32(1) != reader)
        {
            return false;
        }

        return !LogPositions.TryParse(row.GetString(0), out var server) || server <= confirmed
            ? true
            : throw new HistoryGapException(
                $"slot {Name} stands at {LogPositions.Format(server)}, past {LogPositions.Format(confirmed)} up to where it was "
                + "read: somebody else read from it, or made it anew");
    }

    /// <summary>
    /// The table with the columns that the judge needs: payloads stay out of the log's stream, which makes it several
    /// times smaller. With the whole row as identity PostgreSQL allows no such list.
    /// </summary>
    private static string Published(TableFacts table, Dictionary<string, ColumnRole> mapped, bool columnLists) =>
        columnLists && table.ReplicaIdentity is not 'f'
            ? $"{table.QualifiedName} ({string.Join(", ", mapped.Keys.Union(table.IdentityColumns).Select(SqlIdentifiers.Quote))})"
            : table.QualifiedName;

    private static async Task PublishAsync(
        NpgsqlConnection connection, string name, string tables, string operations, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            $"create publication {name} for table {tables} with (publish = '{operations}', publish_via_partition_root = true)",
            connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>
    /// Rows from before the slot, in the slot's own snapshot, so that none is missed and none is seen twice. Only ready
    /// ones can be judged: of the others the log does not hold the beginning.
    /// </summary>
    private static async Task SeedAsync(
        NpgsqlConnection connection, TrialTables tables, string? snapshot, Action<RowState, long> seed,
        CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(
            System.Data.IsolationLevel.RepeatableRead, cancellationToken);
        await using (var import = new NpgsqlCommand($"set transaction snapshot '{snapshot}'", connection))
        {
            await import.ExecuteNonQueryAsync(cancellationToken);
        }

        var queue = tables.Mapping.Queue;
        var stray = 0L;
        await using (var command = new NpgsqlCommand(SeedSql(queue, tables.Queue.QualifiedName), connection))
        {
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                var stage = queue.QueueName is null ? tables.Mapping.Stages[0] : reader.GetString(2);
                if (!tables.Mapping.Stages.Contains(stage))
                {
                    continue;
                }

                if (!queue.Ready.Contains(await reader.IsDBNullAsync(1, cancellationToken) ? "" : reader.GetString(1)))
                {
                    stray++;
                    continue;
                }

                seed(
                    new RowState
                    {
                        Record = reader.GetString(0),
                        Queue = stage,
                        Phase = Phase.Ready,
                        Key = await reader.IsDBNullAsync(3, cancellationToken) ? null : reader.GetString(3),
                        Epoch = await reader.IsDBNullAsync(4, cancellationToken) ? null : reader.GetInt64(4),
                    },
                    reader.GetInt64(5));
            }
        }

        var effects = await TableCounting.ScalarAsync(
            connection, $"select count(*) from {tables.Effect.QualifiedName}", cancellationToken);
        if (stray > 0 || effects > 0)
        {
            throw new SeatrialException(
                ExitCode.Usage,
                $"{tables.Queue.QualifiedName} already holds {stray} records that are not ready, and "
                + $"{tables.Effect.QualifiedName} {effects} effects.",
                connection.DataSource,
                "Start from an empty volume: the log does not hold how they came about, so they can't be judged.");
        }
    }

    private static string SeedSql(QueueTable queue, string table) =>
        $"""
        select {SqlIdentifiers.Quote(queue.Id)}::text, {SqlIdentifiers.Quote(queue.State)}::text, {Text(queue.QueueName)}, {Text(queue.Key)},
               {(queue.Epoch is null ? "null::bigint" : SqlIdentifiers.Quote(queue.Epoch) + "::bigint")},
               (extract(epoch from now()) * 1000000)::bigint
        from {table} order by {SqlIdentifiers.Quote(queue.Id)}
        """;

    private static string Text(string? column) =>
        column is null ? "null::text" : SqlIdentifiers.Quote(column) + "::text";

    [GeneratedRegex("^[a-z0-9_]{1,55}$")]
    private static partial Regex Names();
}

/// <summary>The mapped tables with what the catalogue says of them.</summary>
internal sealed record TrialTables(RecordMapping Mapping, TableFacts Queue, TableFacts Effect);
