using Npgsql;
using NpgsqlTypes;

namespace Seatrial.Worker.Processing;

/// <summary>What one owner can do with the records of a database; each method is one transaction.</summary>
internal sealed class RecordQueue(NpgsqlDataSource dataSource, string owner, TimeProvider time)
{
    private readonly ClaimCommands _claims = new(owner, time);

    /// <summary>Takes what is due, in its order; null when there is nothing.</summary>
    public async Task<LeasedBatch?> ClaimAsync(
        ClaimRequest claim, Watermarks marks, CancellationToken cancellationToken)
    {
        var connection = await dataSource.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using var closing = connection.ConfigureAwait(false);
        using var batch = new NpgsqlBatch(connection) { BatchCommands = { _claims.Create(claim) } };
        var askedAt = time.GetTimestamp();
        var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var closingReader = reader.ConfigureAwait(false);
        var taken = await _claims.ReadAsync(reader, claim, askedAt, marks, cancellationToken).ConfigureAwait(false);
        await reader.SeeCommittedAsync(cancellationToken).ConfigureAwait(false);
        return taken;
    }

    /// <summary>
    /// Ends a batch's records in one transaction, each if its fence still holds, and takes the next batch in the same
    /// one: a round trip and a commit for both.
    /// </summary>
    public async Task<Exchange> ExchangeAsync(
        HandledBatch handled, ClaimRequest? claim, Watermarks marks, CancellationToken cancellationToken)
    {
        var connection = await dataSource.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using var closing = connection.ConfigureAwait(false);
        using var batch = new NpgsqlBatch(connection);
        var endings = AddEndings(batch, handled);
        if (claim is not null)
        {
            batch.BatchCommands.Add(_claims.Create(claim));
        }

        // A batch without a transaction of its own is one.
        var askedAt = time.GetTimestamp();
        var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var closingReader = reader.ConfigureAwait(false);
        var ended = await ReadEndedAsync(reader, endings, handled, cancellationToken).ConfigureAwait(false);
        var next = claim is null
            ? null
            : await _claims.ReadAsync(reader, claim, askedAt, marks, cancellationToken).ConfigureAwait(false);
        await reader.SeeCommittedAsync(cancellationToken).ConfigureAwait(false);
        return new Exchange(ended, next);
    }

    /// <summary>
    /// Ends a batch's records in one transaction, each if its fence still holds, with what <paramref
    /// name="completingAsync"/> adds for those that were done. Returns the ids of those that ended; the others have
    /// been taken over.
    /// </summary>
    public async Task<IReadOnlySet<long>> EndAsync(
        HandledBatch handled,
        Func<NpgsqlConnection, IEnumerable<object>, CancellationToken, Task> completingAsync,
        CancellationToken cancellationToken)
    {
        var connection = await dataSource.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using var closing = connection.ConfigureAwait(false);
        var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using var rollback = transaction.ConfigureAwait(false);
        IReadOnlySet<long> ended;
        using (var batch = new NpgsqlBatch(connection))
        {
            // The transaction's begin goes ahead of it, and while that is not answered nothing can be cancelled.
            batch.Timeout = connection.ConnectionTimeout;
            var endings = AddEndings(batch, handled);
            var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using var closingReader = reader.ConfigureAwait(false);
            ended = await ReadEndedAsync(reader, endings, handled, cancellationToken).ConfigureAwait(false);
        }

        var completed = handled.Records
            .Where(record => record is { Ending: Ending.Done, Typed: not null } && ended.Contains(record.Claimed.Id))
            .Select(record => record.Typed)
            .OfType<object>()
            .ToList();
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
        using var command = dataSource.CreateCommand(batch.Chunk is null ? RowStatements.Renew : ChunkStatements.Renew);
        if (batch.Chunk is { } chunk)
        {
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = chunk });
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = batch.Records[0].Fence });
        }
        else
        {
            command.Parameters.Add(Parameters.Array(batch.Records.Select(record => record.Id), NpgsqlDbType.Bigint));
            command.Parameters.Add(Parameters.Array(batch.Records.Select(record => record.Fence), NpgsqlDbType.Bigint));
        }

        command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = lease });
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        batch.Extend(askedAt);
    }

    /// <summary>
    /// Takes records of every queue from owners whose lease has ended, unless the server was started less than
    /// <paramref name="grace"/> ago; returns how many of each queue.
    /// </summary>
    public async Task<IReadOnlyDictionary<string, int>> ExpireAsync(
        int limit, TimeSpan grace, CancellationToken cancellationToken)
    {
        var connection = await dataSource.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using var closing = connection.ConfigureAwait(false);
        using var batch = new NpgsqlBatch(connection);
        foreach (var statement in new[] { RowStatements.Expire, ChunkStatements.Expire })
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(statement)
            {
                Parameters =
                {
                    new NpgsqlParameter<int> { TypedValue = limit },
                    new NpgsqlParameter<TimeSpan> { TypedValue = grace },
                },
            });
        }

        var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var closingReader = reader.ConfigureAwait(false);
        var expired = new Dictionary<string, int>(StringComparer.Ordinal);
        do
        {
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                var queue = reader.GetString(0);
                expired[queue] = expired.GetValueOrDefault(queue) + reader.GetInt32(1);
            }
        }
        while (await reader.NextResultAsync(cancellationToken).ConfigureAwait(false));

        return expired;
    }

    private int AddEndings(NpgsqlBatch batch, HandledBatch handled)
    {
        var commands = handled.Lease.Chunk is { } chunk
            ? [ChunkEndings.Create(chunk, handled.Records, owner)]
            : RowEndings.Create(handled.Records, owner);
        foreach (var command in commands)
        {
            batch.BatchCommands.Add(command);
        }

        return batch.BatchCommands.Count;
    }

    /// <summary>Leaves the reader at what comes after the endings.</summary>
    private static async Task<IReadOnlySet<long>> ReadEndedAsync(
        NpgsqlDataReader reader, int endings, HandledBatch handled, CancellationToken cancellationToken)
    {
        var ids = new HashSet<long>(handled.Records.Count);
        for (var ending = 0; ending < endings; ending++)
        {
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                if (handled.Lease.Chunk is null)
                {
                    ids.Add(reader.GetInt64(0));
                }
                else
                {
                    ids.UnionWith(handled.Records.Select(record => record.Claimed.Id));
                }
            }

            await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        }

        return ids;
    }
}
