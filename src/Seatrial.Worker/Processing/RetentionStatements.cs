namespace Seatrial.Worker.Processing;

/// <summary>
/// Steps of deleting what is old. Results have no index, which would be a quarter of what a completion writes: they are
/// walked by their place in the table, some pages in a step.
/// </summary>
internal static class RetentionStatements
{
    /// <summary>
    /// $1 what. Returns the page to go on from and the pages that the results have; no row when it is not due, or
    /// another one's.
    /// </summary>
    public const string Take = """
        select page, pg_relation_size('seatrial.results') / current_setting('block_size')::bigint
        from seatrial.retention where what = $1 and due_at <= now()
        for update skip locked
        """;

    /// <summary>$1 what, $2 the page to go on from, $3 the wait.</summary>
    public const string Leave =
        "update seatrial.retention set page = $2, due_at = clock_timestamp() + $3 where what = $1";

    /// <summary>$1 age, $2 limit. Returns how many chunks.</summary>
    public const string Chunks = """
        with old as (
            delete from seatrial.chunks
            where ctid = any (array (
                select ctid from seatrial.chunks
                where state = 'done' and finished_at < now() - $1
                order by finished_at
                limit $2
                for update skip locked))
            returning id
        ), gone as (
            delete from seatrial.chunk_records r using old where r.chunk = old.id
        )
        select count(*) from old
        """;

    /// <summary>$1 age, $2 first page, $3 the page after the last.</summary>
    public const string Results = """
        delete from seatrial.results
        where ctid >= ('(' || $2 || ',0)')::tid and ctid < ('(' || $3 || ',0)')::tid and at < now() - $1
        """;
}
