using Npgsql;
using NpgsqlTypes;
using Seatrial.Wire;
using Seatrial.Worker.Processing;

namespace Seatrial.Worker.DeadLetters;

/// <summary>Records that were given up: who they are, and their way back into the queue.</summary>
internal sealed class DeadLetterBox(NpgsqlDataSource dataSource)
{
    private const int Batch = 500;

    /// <summary>
    /// dead → ready, due now, with all its attempts and the error that it died of. $1 queue, $2 after which id, $3 keys
    /// (null is all), $4 limit. The fence grows: who held the record before has no say any more. Returns ids and keys.
    /// </summary>
    internal const string RequeueSome = """
        update seatrial.records
        set state = 'ready', owner = null, fence = fence + 1, attempts = 0, run_at = now(), finished_at = null
        where ctid = any (array (
            select ctid from seatrial.records
            where queue = $1 and state = 'dead' and id > $2 and ($3::text[] is null or key = any ($3))
            order by id
            limit $4
            for update skip locked))
        returning id, key
        """;

    private const string Counts = """
        select queue, count(*) from seatrial.records where state = 'dead' group by queue order by queue
        """;

    private const string First = """
        select id, key, attempts, finished_at, coalesce(error, '') from seatrial.records
        where queue = $1 and state = 'dead'
        order by id
        limit $2
        """;

    /// <summary>How many there are, by queue.</summary>
    public async Task<IReadOnlyList<(string Queue, long Count)>> CountAsync(CancellationToken cancellationToken)
    {
        using var command = dataSource.CreateCommand(Counts);
        return await ReadAsync(
            command, reader => (reader.GetString(0), reader.GetInt64(1)), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The oldest records of a queue that are dead.</summary>
    public async Task<IReadOnlyList<DeadLetter>> ListAsync(
        string queue, int limit, CancellationToken cancellationToken)
    {
        using var command = dataSource.CreateCommand(First);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = queue });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        return await ReadAsync(
            command,
            reader => new DeadLetter(
                reader.GetInt64(0), reader.GetString(1), reader.GetInt32(2),
                reader.IsDBNull(3) ? null : reader.GetDateTime(3), reader.GetString(4)),
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Puts back those with the keys, or all of the queue; returns the keys of those that were. Each once, however fast
    /// it dies again.
    /// </summary>
    public async Task<IReadOnlyList<string>> RequeueAsync(
        string queue, IReadOnlyList<string>? keys, CancellationToken cancellationToken)
    {
        var requeued = new List<string>();
        var last = 0L;
        while (true)
        {
            using var command = dataSource.CreateCommand(RequeueSome);
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = queue });
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = last });
            command.Parameters.Add(new NpgsqlParameter
            {
                Value = keys is null ? DBNull.Value : keys.ToArray(),
                NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text,
            });
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = Batch });
            var some = await ReadAsync(
                command, reader => (Id: reader.GetInt64(0), Key: reader.GetString(1)), cancellationToken)
                .ConfigureAwait(false);
            if (some.Count == 0)
            {
                return requeued;
            }

            requeued.AddRange(some.Select(one => one.Key));
            last = some.Max(one => one.Id);
            await WakeAsync(queue, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Only inserts wake workers by themselves.</summary>
    private async Task WakeAsync(string queue, CancellationToken cancellationToken)
    {
        using var command = dataSource.CreateCommand($"select pg_notify('{QueueSchema.RecordsChannel}', $1)");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = queue });
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private static async Task<IReadOnlyList<T>> ReadAsync<T>(
        NpgsqlCommand command, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        var rows = new List<T>();
        var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var closing = reader.ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            rows.Add(read(reader));
        }

        await reader.SeeCommittedAsync(cancellationToken).ConfigureAwait(false);
        return rows;
    }
}
