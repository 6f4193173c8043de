using Npgsql;

namespace Seatrial.Worker.Http;

/// <summary>Where the records of a key stand, in all queues, in the order in which they came to be.</summary>
internal sealed class RecordLookup(NpgsqlDataSource database)
{
    // One statement, so that a record that just moves on is seen in one place.
    private const string Find = """
        with found as (
            select id, queue, state, attempts, error, null::jsonb as result, trace
            from seatrial.records where key = $1
            union all
            select r.id, c.queue, c.state, c.attempts, null, null, r.trace
            from seatrial.chunks c join seatrial.chunk_records r on r.chunk = c.id
            where c.state <> 'done' and r.key = $1
            union all
            select record_id, queue, 'done', null, null, result, null from seatrial.results where key = $1
        ), last as (
            select queue, state, attempts, error from found order by id desc limit 1
        )
        select json_build_object(
            'key', $1, 'queue', last.queue, 'state', last.state, 'attempts', last.attempts, 'error', last.error,
            'records', (select json_agg(json_build_object(
                'id', f.id, 'queue', f.queue, 'state', f.state, 'attempts', f.attempts, 'error', f.error,
                'result', f.result, 'trace', f.trace) order by f.id) from found f))::text
        from last
        """;

    /// <summary>As JSON; null where nothing of the key is known.</summary>
    public async Task<string?> FindAsync(string key, CancellationToken cancellationToken)
    {
        using var command = database.CreateCommand(Find);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = key });
        return (string?)await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false);
    }
}
