namespace Seatrial.Engine.Measurements.Databases;

/// <summary>What is asked of the server's own views; none of it takes a lock on a table.</summary>
internal static class DatabaseQueries
{
    private const string Clients =
        "backend_type = 'client backend' and pid <> pg_backend_pid() and application_name not like 'seatrial%'";

    public const string Sessions = $"""
        select coalesce(host(client_addr), ''), coalesce(state, ''), coalesce(wait_event_type, ''),
            coalesce(wait_event, ''), count(*)::int
        from pg_stat_activity where {Clients} group by 1, 2, 3, 4
        """;

    /// <summary>Who blocks is asked only of those who wait: the answer takes the lock manager's own locks.</summary>
    public const string Locks = """
        with waiting as materialized (
            select pid, client_addr, query, query_start from pg_stat_activity
            where wait_event_type = 'Lock' and pid <> pg_backend_pid() order by query_start limit 20)
        select coalesce(host(w.client_addr), ''), left(regexp_replace(w.query, '\s+', ' ', 'g'), 400),
            extract(epoch from clock_timestamp() - w.query_start)::float8, b.pid, coalesce(host(b.client_addr), ''),
            b.application_name, coalesce(b.state, ''), left(regexp_replace(b.query, '\s+', ' ', 'g'), 400),
            coalesce(extract(epoch from clock_timestamp() - b.xact_start), 0)::float8,
            b.wait_event_type is distinct from 'Lock'
        from waiting w
        cross join lateral unnest(pg_blocking_pids(w.pid)) blocker(pid)
        join pg_stat_activity b on b.pid = blocker.pid
        order by 3 desc
        """;

    public const string Running = $"""
        select coalesce(host(client_addr), ''), left(regexp_replace(query, '\s+', ' ', 'g'), 400),
            extract(epoch from clock_timestamp() - query_start)::float8, coalesce(wait_event_type, '')
        from pg_stat_activity where state = 'active' and {Clients} order by query_start limit 20
        """;

    public const string Counters = """
        select xact_commit, xact_rollback, blks_hit, blks_read, temp_bytes, deadlocks,
            case when pg_is_in_recovery() then 0 else pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint end,
            pg_database_size(datid)
        from pg_stat_database where datname = current_database()
        """;

    public const string Tables = """
        select schemaname || '.' || relname, seq_scan, seq_tup_read, coalesce(idx_scan, 0), n_live_tup, n_dead_tup
        from pg_stat_user_tables order by seq_tup_read + n_live_tup + n_dead_tup desc, 1 limit 12
        """;

    public const string Statements = """
        select queryid, left(regexp_replace(query, '\s+', ' ', 'g'), 400), calls, total_exec_time / 1000, rows
        from pg_stat_statements s join pg_database d on d.oid = s.dbid
        where d.datname = current_database() and queryid is not null
        order by total_exec_time desc limit 200
        """;
}
