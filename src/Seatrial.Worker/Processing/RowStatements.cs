namespace Seatrial.Worker.Processing;

/// <summary>
/// The transitions of a single record, each in one statement. Rows to change are found by <c>ctid</c> where they are
/// picked from many: one plan that is right for every size; a row that changed in between is not found, never taken
/// twice. Where rows are named, id and fence decide (naming the state would invite the planner to walk a partial index
/// full of dead entries); an ended record keeps its fence but has no lease, so that a repeated completion finds
/// nothing.
/// </summary>
internal static class RowStatements
{
    /// <summary>
    /// ready → running, the most urgent first. $1 queue, $2 limit, $3 owner, $4 lease, $5 priorities, $6 and $7 the
    /// watermark of each, instant and id: where its claims begin to look, so that they need not walk what was taken
    /// before.
    /// </summary>
    public const string Claim = """
        update seatrial.records
        set state = 'running', owner = $3, fence = fence + 1, attempts = attempts + 1, lease_until = now() + $4
        where ctid = any (array (
            select due.tid
            from unnest($5::smallint[], $6::timestamptz[], $7::bigint[]) as level (priority, since, after)
            cross join lateral (
                select r.ctid as tid from seatrial.records r
                where r.queue = $1 and r.state = 'ready' and r.priority = level.priority
                    and (r.run_at, r.id) >= (level.since, level.after) and r.run_at <= now()
                order by r.run_at, r.id
                limit $2
                for update skip locked) as due
            limit $2))
        returning id, key, payload, fence, attempts, priority, run_at, trace
        """;

    /// <summary>
    /// running → gone, with results and follow-ups: a row that stays would be written once more. Records: $1 ids, $2
    /// fences, $3 results. Follow-ups: $4 ids of their records, $5 queues, $6 keys (null is the record's own), $7
    /// payloads, $9 traces. $8 owner. Returns the ids of those whose fence held. A result bears the owner and the fence
    /// of the worker that wrote it, not those that the row happens to show.
    /// </summary>
    public const string Complete = """
        with given as (
            select * from unnest($1::bigint[], $2::bigint[], $3::jsonb[]) as g (id, fence, result)
        ), completed as (
            delete from seatrial.records r
            using given g
            where r.id = g.id
                and r.fence = g.fence and r.lease_until is not null
            returning r.id, r.queue, r.key, g.fence, g.result
        ), followed as (
            insert into seatrial.records (queue, key, payload, trace)
            select f.queue, coalesce(f.key, c.key), f.payload, f.trace
            from unnest($4::bigint[], $5::text[], $6::text[], $7::jsonb[], $9::text[])
                as f (id, queue, key, payload, trace)
            join completed c on c.id = f.id
        )
        insert into seatrial.results (record_id, queue, key, owner, fence, result)
        select id, queue, key, $8, fence, result from completed
        returning record_id
        """;

    /// <summary>
    /// running → ready by its owner. $1 ids, $2 fences, $3 waits, $4 errors (null keeps the last one), $5 whether the
    /// attempt counts. Returns ids.
    /// </summary>
    public const string Release = """
        update seatrial.records r
        set state = 'ready', owner = null, fence = r.fence + 1, lease_until = null,
            run_at = case when g.wait > interval '0' then now() + g.wait else r.run_at end,
            error = coalesce(g.error, r.error), attempts = r.attempts - case when g.counts then 0 else 1 end
        from unnest($1::bigint[], $2::bigint[], $3::interval[], $4::text[], $5::boolean[])
            as g (id, fence, wait, error, counts)
        where r.id = g.id and r.fence = g.fence and r.lease_until is not null
        returning r.id
        """;

    /// <summary>running → dead. $1 ids, $2 fences, $3 errors. Returns ids.</summary>
    public const string Bury = """
        update seatrial.records r
        set state = 'dead', lease_until = null, error = g.error, finished_at = now()
        from unnest($1::bigint[], $2::bigint[], $3::text[]) as g (id, fence, error)
        where r.id = g.id and r.fence = g.fence and r.lease_until is not null
        returning r.id
        """;

    /// <summary>
    /// A later end of the lease, same owner and fence. $1 ids, $2 fences, $3 lease. Rows that are just being completed
    /// are skipped: waiting for them could deadlock.
    /// </summary>
    public const string Renew = """
        update seatrial.records
        set lease_until = now() + $3
        where ctid = any (array (
            select r.ctid from seatrial.records r
            join unnest($1::bigint[], $2::bigint[]) as g (id, fence) on r.id = g.id and r.fence = g.fence
            where r.lease_until is not null
            for update of r skip locked))
        """;

    /// <summary>
    /// running → ready of whatever queue, after the lease's end, at the place in the queue that it had: it has waited
    /// for a lease already. $1 limit, $2 how long after the server's start nothing is taken. Returns queues with
    /// counts.
    /// </summary>
    public const string Expire = """
        with expired as (
            update seatrial.records
            set state = 'ready', owner = null, fence = fence + 1, lease_until = null
            where ctid = any (array (
                select ctid from seatrial.records
                where state = 'running' and lease_until < now() and now() >= pg_postmaster_start_time() + $2
                order by lease_until
                limit $1
                for update skip locked))
            returning queue
        )
        select queue, count(*)::integer from expired group by queue
        """;
}
