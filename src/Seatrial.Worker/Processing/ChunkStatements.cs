namespace Seatrial.Worker.Processing;

/// <summary>
/// The transitions of a chunk, each in one statement, by the rules of <see cref="RowStatements"/>: found by <c>ctid</c>
/// where one is picked from many, decided by id and fence where it is named.
/// </summary>
internal static class ChunkStatements
{
    /// <summary>
    /// ready → running of one chunk, with its records. $1 queue, $2 owner, $3 lease, $4 and $5 watermark. Chunk,
    /// fence and attempt stand on each row.
    /// </summary>
    public const string Claim = """
        with claimed as (
            update seatrial.chunks
            set state = 'running', owner = $2, fence = fence + 1, attempts = attempts + 1, lease_until = now() + $3
            where ctid = any (array (
                select ctid from seatrial.chunks
                where queue = $1 and state = 'ready' and (run_at, id) >= ($4, $5) and run_at <= now()
                order by run_at, id
                limit 1
                for update skip locked))
            returning id, fence, attempts, run_at
        )
        select r.id, r.key, r.payload, c.fence, c.attempts, c.id, c.run_at, r.trace
        from claimed c join seatrial.chunk_records r on r.chunk = c.id
        """;

    /// <summary>
    /// running → done, with the results of its records; those that were not done move to <c>seatrial.records</c>, and
    /// follow-ups make up a chunk for each queue. $1 chunk, $2 fence, $3 owner. Done: $4 ids, $5 keys, $6 results.
    /// Moved: $7 ids, $8 keys, $9 payloads, $10 states, $11 attempts, $12 waits, $13 errors, $14 traces. Follow-ups:
    /// $15 queues, $16 keys, $17 payloads, $18 traces. Returns a row if the fence held.
    /// </summary>
    public const string Complete = """
        with held as (
            update seatrial.chunks
            set state = 'done', lease_until = null, finished_at = now()
            where id = $1 and fence = $2 and lease_until is not null
            returning queue
        ), moved as (
            insert into seatrial.records (
                id, queue, key, payload, state, fence, attempts, run_at, error, trace, finished_at)
            overriding system value
            select m.id, h.queue, m.key, m.payload, m.state, $2, m.attempts, now() + m.wait, m.error,
                m.trace, case when m.state = 'dead' then now() end
            from held h cross join unnest(
                $7::bigint[], $8::text[], $9::jsonb[], $10::text[], $11::integer[], $12::interval[], $13::text[],
                $14::text[]) as m (id, key, payload, state, attempts, wait, error, trace)
        ), next_chunks as (
            insert into seatrial.chunks (queue, records)
            select f.queue, count(*) from held h cross join unnest($15::text[]) as f (queue) group by f.queue
            returning id, queue
        ), next_records as (
            insert into seatrial.chunk_records (chunk, key, payload, trace)
            select n.id, f.key, f.payload, f.trace
            from next_chunks n
            join unnest($15::text[], $16::text[], $17::jsonb[], $18::text[]) as f (queue, key, payload, trace)
                on f.queue = n.queue
        ), written as (
            insert into seatrial.results (record_id, queue, key, owner, fence, result)
            select g.id, h.queue, g.key, $3, $2, g.result
            from held h cross join unnest($4::bigint[], $5::text[], $6::jsonb[]) as g (id, key, result)
        )
        select 1 from held
        """;

    /// <summary>
    /// The same where all records were done and none has a follow-up, which is most often so: what writes nothing costs
    /// nothing. $1 chunk, $2 fence, $3 owner, $4 ids, $5 keys, $6 results. Returns a row if the fence held.
    /// </summary>
    public const string CompleteAll = """
        with held as (
            update seatrial.chunks
            set state = 'done', lease_until = null, finished_at = now()
            where id = $1 and fence = $2 and lease_until is not null
            returning queue
        ), written as (
            insert into seatrial.results (record_id, queue, key, owner, fence, result)
            select g.id, h.queue, g.key, $3, $2, g.result
            from held h cross join unnest($4::bigint[], $5::text[], $6::jsonb[]) as g (id, key, result)
        )
        select 1 from held
        """;

    /// <summary>running → ready by its owner, as if it had not been claimed. $1 chunk, $2 fence.</summary>
    public const string Release = """
        update seatrial.chunks
        set state = 'ready', owner = null, fence = fence + 1, lease_until = null, attempts = attempts - 1
        where id = $1 and fence = $2 and lease_until is not null
        returning 1
        """;

    /// <summary>A later end of the lease. $1 chunk, $2 fence, $3 lease.</summary>
    public const string Renew = """
        update seatrial.chunks set lease_until = now() + $3
        where id = $1 and fence = $2 and lease_until is not null
        """;

    /// <summary>
    /// After the lease's end: back to ready, or, from the second time on, burst: one record that kills its worker must
    /// not take the others along again. $1 limit, $2 how long after the server's start
    /// nothing is taken. Returns queues.
    /// </summary>
    public const string Expire = """
        with expired as (
            update seatrial.chunks
            set state = case when attempts > 1 then 'done' else 'ready' end, owner = null, fence = fence + 1,
                lease_until = null, finished_at = case when attempts > 1 then now() end
            where ctid = any (array (
                select ctid from seatrial.chunks
                where state = 'running' and lease_until < now() and now() >= pg_postmaster_start_time() + $2
                order by lease_until
                limit $1
                for update skip locked))
            returning id, queue, fence, attempts, records, run_at
        ), burst as (
            insert into seatrial.records (id, queue, key, payload, fence, attempts, run_at, trace)
            overriding system value
            select r.id, e.queue, r.key, r.payload, e.fence, e.attempts, e.run_at, r.trace
            from expired e join seatrial.chunk_records r on r.chunk = e.id
            where e.attempts > 1
        )
        select queue, sum(records)::integer from expired group by queue
        """;

    /// <summary>Records that come together. $1 queue, $2 keys, $3 payloads, $4 the trace. Returns their
    /// ids in order.</summary>
    public const string Enqueue = """
        with chunk as (
            insert into seatrial.chunks (queue, records) values ($1, cardinality($2::text[])) returning id
        )
        insert into seatrial.chunk_records (chunk, key, payload, trace)
        select c.id, g.key, g.payload, $4
        from chunk c cross join unnest($2::text[], $3::jsonb[]) with ordinality as g (key, payload, place)
        order by g.place
        returning id
        """;
}
