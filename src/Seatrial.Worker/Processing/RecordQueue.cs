using Npgsql;
using NpgsqlTypes;

namespace Seatrial.Worker.Processing;

/// <summary>What one owner can do with the records of a database; each method is one transaction.</summary>
internal sealed class RecordQueue(NpgsqlDataSource dataSource, string owner, TimeProvider time)
{
    /// <summary>
    /// Takes up to <paramref name="limit"/> records that are due, in their order; null when there are none.
    /// </summary>
    public async Task<LeasedBatch?> ClaimAsync(
        string queue, int limit, TimeSpan lease, CancellationToken cancellationToken)
    {
        var askedAt = time.GetTimestamp();
        using var command = dataSource.CreateCommand(QueueStatements.Claim);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = queue });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = owner });
        command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = lease });
        var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var closing = reader.ConfigureAwait(false);
        var records = new List<ClaimedRecord>(limit);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            records.Add(new ClaimedRecord(
                reader.GetInt64(0),
                reader.GetString(1),
                reader.GetFieldValue<byte[]>(2),
                reader.GetInt64(3),
                reader.GetInt32(4)));
        }

        records.Sort((one, other) => one.Id.CompareTo(other.Id));
        return records.Count == 0 ? null : new LeasedBatch(records, lease, askedAt, time);
    }

    /// <summary>
    /// Ends records in one transaction, each if its fence still holds, with what <paramref name="completingAsync"/>
    /// adds for those that were done. Returns the ids of those that ended; the others have been taken over.
    /// </summary>
    public async Task<IReadOnlySet<long>> EndAsync(
        IReadOnlyList<HandledRecord> records,
        Func<NpgsqlConnection, IEnumerable<object>, CancellationToken, Task>? completingAsync,
        CancellationToken cancellationToken)
    {
        var connection = await dataSource.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using var closing = connection.ConfigureAwait(false);
        using var batch = EndingBatch.Create(connection, records, owner);
        if (completingAsync is null)
        {
            // A batch without a transaction of its own is one: it ends with a single round trip.
            return await ReadIdsAsync(batch, cancellationToken).ConfigureAwait(false);
        }

        var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using var rollback = transaction.ConfigureAwait(false);
        var ended = await ReadIdsAsync(batch, cancellationToken).ConfigureAwait(false);
        var completed = new List<object>(records.Count);
        foreach (var record in records)
        {
            if (record is { Ending: Ending.Done, Typed: { } typed } && ended.Contains(record.Claimed.Id))
            {
                completed.Add(typed);
            }
        }

        if (completed.Count > 0)
        {
            await completingAsync(connection, completed, cancellationToken).ConfigureAwait(false);
        }

        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        return ended;
    }

    /// <summary>Prolongs a batch's lease; a failure leaves it to end when it would.</summary>
    public async Task RenewAsync(LeasedBatch batch, TimeSpan lease, CancellationToken cancellationToken)
    {
        var askedAt = time.GetTimestamp();
        using var command = dataSource.CreateCommand(QueueStatements.Renew);
        command.Parameters.Add(EndingBatch.Array(batch.Records.Select(record => record.Id), NpgsqlDbType.Bigint));
        command.Parameters.Add(EndingBatch.Array(batch.Records.Select(record => record.Fence), NpgsqlDbType.Bigint));
        command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = lease });
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        batch.Extend(askedAt);
    }

    /// <summary>
    /// Takes records of every queue from owners whose lease has ended; returns how many of each queue.
    /// </summary>
    public async Task<IReadOnlyDictionary<string, int>> ExpireAsync(int limit, CancellationToken cancellationToken)
    {
        using var command = dataSource.CreateCommand(QueueStatements.Expire);
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var closing = reader.ConfigureAwait(false);
        var expired = new Dictionary<string, int>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            var queue = reader.GetString(0);
            expired[queue] = expired.GetValueOrDefault(queue) + 1;
        }

        return expired;
    }

    private static async Task<IReadOnlySet<long>> ReadIdsAsync(NpgsqlBatch batch, CancellationToken cancellationToken)
    {
        var ids = new HashSet<long>();
        var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var closing = reader.ConfigureAwait(false);
        do
        {
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                ids.Add(reader.GetInt64(0));
            }
        }
        while (await reader.NextResultAsync(cancellationToken).ConfigureAwait(false));

        return ids;
    }
}
