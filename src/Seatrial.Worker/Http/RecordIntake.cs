using Microsoft.AspNetCore.Http;
using Npgsql;
using NpgsqlTypes;
using Seatrial.Worker.Processing;

namespace Seatrial.Worker.Http;

/// <summary>
/// Puts the records of a request into a queue, all of them or none; what was taken before under the same name is not
/// put in again.
/// </summary>
internal sealed class RecordIntake(NpgsqlDataSource database, string queue)
{
    // In the order of the names, so that two requests never wait for each other in a circle. Who meets a name that
    // another transaction is just taking waits for its end.
    private const string Take = """
        with given as (
            select g.*, md5(g.payload::text || g.key) as digest
            from unnest($2::text[], $3::text[], $4::jsonb[], $5::smallint[])
                with ordinality as g (name, key, payload, priority, place)
        ), fresh as (
            insert into seatrial.intake (queue, key, record_id, digest)
            select $1, g.name, nextval(pg_get_serial_sequence('seatrial.records', 'id')), g.digest
            from given g order by g.name
            on conflict (queue, key) do nothing
            returning key, record_id
        ), taken as (
            insert into seatrial.records (id, queue, key, payload, trace, priority) overriding system value
            select f.record_id, $1, g.key, g.payload, $6, g.priority
            from fresh f join given g on g.name = f.key
            order by g.place
        )
        select key from fresh
        """;

    private const string Find = """
        select i.key, i.record_id, i.digest = md5(g.payload::text || g.record)
        from unnest($2::text[], $3::text[], $4::jsonb[]) as g (name, record, payload)
        join seatrial.intake i on i.queue = $1 and i.key = g.name
        """;

    /// <exception cref="RefusalException">A name belongs to another record, or the database holds no such
    /// text.</exception>
    public async Task<IReadOnlyList<TakenRecord>> TakeAsync(
        IReadOnlyList<RecordRequest> records, string trace, CancellationToken cancellationToken)
    {
        var connection = await database.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using var closing = connection.ConfigureAwait(false);
        var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using var rollback = transaction.ConfigureAwait(false);
        try
        {
            var fresh = await PutAsync(connection, records, trace, cancellationToken).ConfigureAwait(false);
            var ids = await FindAsync(connection, records, cancellationToken).ConfigureAwait(false);
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
            return [.. records.Select(record => new TakenRecord(
                record.Key, ids[record.Name], fresh.Contains(record.Name)))];
        }
        catch (PostgresException e) when (e.SqlState.StartsWith("22", StringComparison.Ordinal))
        {
            throw new RefusalException(
                StatusCodes.Status400BadRequest, $"The database can't hold a text of it: {e.MessageText}.", e);
        }
    }

    private async Task<HashSet<string>> PutAsync(
        NpgsqlConnection connection, IReadOnlyList<RecordRequest> records, string trace,
        CancellationToken cancellationToken)
    {
        using var take = Command(Take, connection, records);
        take.Parameters.Add(Parameters.Array(records.Select(record => record.Priority), NpgsqlDbType.Smallint));
        take.Parameters.Add(new NpgsqlParameter<string> { TypedValue = trace });
        var reader = await take.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var closing = reader.ConfigureAwait(false);
        var fresh = new HashSet<string>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            fresh.Add(reader.GetString(0));
        }

        return fresh;
    }

    private async Task<Dictionary<string, long>> FindAsync(
        NpgsqlConnection connection, IReadOnlyList<RecordRequest> records, CancellationToken cancellationToken)
    {
        using var find = Command(Find, connection, records);
        var reader = await find.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var closing = reader.ConfigureAwait(false);
        var ids = new Dictionary<string, long>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            var (name, id) = (reader.GetString(0), reader.GetInt64(1));
            if (!reader.GetBoolean(2))
            {
                var key = records.First(record => record.Name == name).Key;
                throw new RefusalException(
                    StatusCodes.Status422UnprocessableEntity,
                    $"'{key}' was sent before with other content, as record {id}: nothing of this request was taken.");
            }

            ids[name] = id;
        }

        return ids;
    }

    private NpgsqlCommand Command(string sql, NpgsqlConnection connection, IReadOnlyList<RecordRequest> records) =>
        new(sql, connection)
        {
            Parameters =
            {
                new NpgsqlParameter<string> { TypedValue = queue },
                Parameters.Array(records.Select(record => record.Name), NpgsqlDbType.Text),
                Parameters.Array(records.Select(record => record.Key), NpgsqlDbType.Text),
                Parameters.Array(records.Select(record => record.Payload), NpgsqlDbType.Jsonb),
            },
        };
}
