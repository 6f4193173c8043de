using Npgsql;
using NpgsqlTypes;
using Seatrial.Engine.Histories;
using Seatrial.Engine.Specs;

namespace Seatrial.Engine.Workloads;

/// <summary>A batch and what became of it; <see cref="Ids"/> is empty unless the commit itself was
/// acknowledged.</summary>
public sealed record InsertedBatch(
    AckOutcome Outcome, ulong? Xid, IReadOnlyList<string> Keys, IReadOnlyList<string> Ids);

/// <summary>
/// Puts records into the first queue, in batches of one transaction each, over a connection of its own. A batch whose
/// commit got no answer is looked up by its transaction id, so that it is neither lost nor put in twice.
/// </summary>
public sealed class QueueLoader(NpgsqlDataSource database, WorkloadSpec spec, TimeProvider clock) : IRecordLoader
{
    /// <summary>Each is a session of the database's.</summary>
    public int MostAtOnce => 8;

    /// <summary>Puts in <paramref name="records"/>, at the workload's rate; each batch is told as soon as its fate is
    /// known.</summary>
    public async IAsyncEnumerable<InsertedBatch> LoadAsync(
        IEnumerable<WorkloadRecord> records,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        var sent = 0L;
        foreach (var batch in records.Chunk(BatchSize()))
        {
            if (spec.Rate is { } rate
                && TimeSpan.FromSeconds((double)sent / rate) - clock.GetElapsedTime(started) is var wait
                && wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, clock, cancellationToken);
            }

            yield return await InsertAsync(batch, cancellationToken);
            sent += batch.Length;
        }
    }

    /// <summary>A rate is kept by many small batches rather than by few large ones.</summary>
    private int BatchSize() => spec.Rate is { } rate ? Math.Clamp(rate / 20, 1, spec.BatchSize) : spec.BatchSize;

    /// <inheritdoc/>
    public async Task<InsertedBatch> InsertAsync(WorkloadRecord[] batch, CancellationToken cancellationToken)
    {
        var keys = Array.ConvertAll(batch, record => record.Key);
        var xid = (ulong?)null;
        var committing = false;
        try
        {
            await using var connection = await database.OpenConnectionAsync(cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            xid = await TransactionIdAsync(connection, transaction, cancellationToken);
            var ids = await InsertRowsAsync(connection, transaction, keys, batch, cancellationToken);
            committing = true;
            await transaction.CommitAsync(cancellationToken);
            return new InsertedBatch(AckOutcome.Acked, xid, keys, ids);
        }
        catch (PostgresException error) when (!committing && !IsPassing(error))
        {
            throw Rejected(error);
        }
        catch (NpgsqlException) when (!committing)
        {
            return new InsertedBatch(AckOutcome.Failed, xid, keys, []);
        }
        catch (NpgsqlException)
        {
            return new InsertedBatch(await FateAsync(xid, cancellationToken), xid, keys, []);
        }
    }

    /// <summary>Told by a server that goes down, comes up or is full: it says nothing of the records.</summary>
    private static bool IsPassing(PostgresException error) =>
        error.IsTransient || error.SqlState.StartsWith("57", StringComparison.Ordinal);

    private static async Task<ulong> TransactionIdAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select pg_current_xact_id()::text", connection, transaction);
        return ulong.Parse((string)(await command.ExecuteScalarAsync(cancellationToken) ?? "0"), null);
    }

    private async Task<IReadOnlyList<string>> InsertRowsAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        string[] keys,
        WorkloadRecord[] batch,
        CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(spec.InsertSql, connection, transaction);
        command.Parameters.AddWithValue("queue", NpgsqlDbType.Text, spec.Queue);
        command.Parameters.AddWithValue("keys", NpgsqlDbType.Array | NpgsqlDbType.Text, keys);
        command.Parameters.AddWithValue(
            "payloads", NpgsqlDbType.Array | NpgsqlDbType.Text, Array.ConvertAll(batch, record => record.Payload));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var ids = new List<string>(batch.Length);
        while (await reader.ReadAsync(cancellationToken))
        {
            ids.Add(reader.GetString(0));
        }

        if (ids.Count != batch.Length)
        {
            throw new SeatrialException(
                ExitCode.Usage,
                $"The workload's insert returned {ids.Count} ids for {batch.Length} records.",
                "seatrial.yaml: workload.insert",
                "Let it return one row a record: the record's id as text, in the order of @keys.");
        }

        return ids;
    }

    private async Task<AckOutcome> FateAsync(ulong? xid, CancellationToken cancellationToken)
    {
        try
        {
            await using var command = database.CreateCommand("select pg_xact_status($1::xid8)");
            command.Parameters.AddWithValue(xid.ToString() ?? "");
            return await command.ExecuteScalarAsync(cancellationToken) switch
            {
                "committed" => AckOutcome.Acked,
                "aborted" => AckOutcome.Failed,
                _ => AckOutcome.Unknown,
            };
        }
        catch (NpgsqlException)
        {
            return AckOutcome.Unknown;
        }
    }

    private SeatrialException Rejected(PostgresException error) => new(
        ExitCode.Usage,
        [new Problem
        {
            What = "The database refused the workload's records.",
            Where = "seatrial.yaml: workload.insert",
            Why = $"{error.SqlState}: {error.MessageText}",
            Fix = $"Mend the statement, or the table that it writes for queue {spec.Queue}.",
        }],
        error);
}
