using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Npgsql;
using NpgsqlTypes;
using Seatrial.Worker.Telemetry;

namespace Seatrial.Worker.Processing;

/// <summary>
/// Puts records into a queue, on a connection and in a transaction of the caller's. Where the caller traces, the span
/// of now becomes the parent of the spans in which the records are handled.
/// </summary>
public static class RecordWriter
{
    private const string EnqueueRows = """
        insert into seatrial.records (queue, key, payload, trace, priority, run_at)
        select $1, g.key, g.payload, $4, g.priority, now() + g.delay
        from unnest($2::text[], $3::jsonb[], $5::smallint[], $6::interval[])
            with ordinality as g (key, payload, priority, delay, place)
        order by g.place
        returning id
        """;

    /// <summary>
    /// Each with a lease, a priority and an instant of its own. Returns their ids, in order. Throws
    /// <see cref="PostgresException"/> for what the table refuses.
    /// </summary>
    public static async Task<IReadOnlyList<long>> EnqueueAsync<TPayload>(
        NpgsqlConnection connection,
        string queue,
        IReadOnlyCollection<NewRecord<TPayload>> records,
        JsonTypeInfo<TPayload> type,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentException.ThrowIfNullOrEmpty(queue);
        ArgumentNullException.ThrowIfNull(records);
        using var command = new NpgsqlCommand(EnqueueRows, connection);
        AddPayloads(command, queue, records, type);
        command.Parameters.Add(
            Parameters.Array(records.Select(record => (short)record.Priority), NpgsqlDbType.Smallint));
        command.Parameters.Add(Parameters.Array(records.Select(record => record.Delay), NpgsqlDbType.Interval));
        return await IdsAsync(command, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// In chunks: several times faster, for records that come in bulk and that a worker may as well take together. They
    /// have no priority and are due at once; each chunk is one unit of work, lease and retry, out of which a record
    /// goes that fails. Returns their ids, in order.
    /// </summary>
    /// <exception cref="ArgumentException">A record has a priority or a delay.</exception>
    public static async Task<IReadOnlyList<long>> EnqueueChunksAsync<TPayload>(
        NpgsqlConnection connection,
        string queue,
        IReadOnlyCollection<NewRecord<TPayload>> records,
        JsonTypeInfo<TPayload> type,
        int chunkSize = 500,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentException.ThrowIfNullOrEmpty(queue);
        ArgumentNullException.ThrowIfNull(records);
        ArgumentOutOfRangeException.ThrowIfLessThan(chunkSize, 1);
        if (records.FirstOrDefault(record => record.Priority != 1 || record.Delay != TimeSpan.Zero) is { } own)
        {
            throw new ArgumentException(
                $"Record {own.Key} has a priority or a delay of its own, which a chunk has not. fix: EnqueueAsync.",
                nameof(records));
        }

        var ids = new List<long>(records.Count);
        foreach (var chunk in records.Chunk(chunkSize))
        {
            using var command = new NpgsqlCommand(ChunkStatements.Enqueue, connection);
            AddPayloads(command, queue, chunk, type);
            ids.AddRange(await IdsAsync(command, cancellationToken).ConfigureAwait(false));
        }

        return ids;
    }

    private static void AddPayloads<TPayload>(
        NpgsqlCommand command, string queue, IReadOnlyCollection<NewRecord<TPayload>> records,
        JsonTypeInfo<TPayload> type)
    {
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = queue });
        command.Parameters.Add(Parameters.Array(records.Select(record => record.Key), NpgsqlDbType.Text));
        command.Parameters.Add(Parameters.Array(
            records.Select(record => JsonSerializer.SerializeToUtf8Bytes(record.Payload, type)), NpgsqlDbType.Jsonb));
        command.Parameters.Add(new NpgsqlParameter
        {
            Value = (object?)RecordSpans.Current ?? DBNull.Value,
            NpgsqlDbType = NpgsqlDbType.Text,
        });
    }

    private static async Task<IReadOnlyList<long>> IdsAsync(
        NpgsqlCommand command, CancellationToken cancellationToken)
    {
        var ids = new List<long>();
        var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var closing = reader.ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            ids.Add(reader.GetInt64(0));
        }

        await reader.SeeCommittedAsync(cancellationToken).ConfigureAwait(false);
        return ids;
    }
}
