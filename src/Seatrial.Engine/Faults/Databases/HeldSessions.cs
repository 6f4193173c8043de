namespace Seatrial.Engine.Faults.Databases;

/// <summary>The faults that are an open transaction.</summary>
internal static class HeldSessions
{
    public static IFault Lock(FaultScene scene, FaultOrder order) => new HeldSession(
        scene,
        order,
        where => where.Mapping is { } mapping
            ? $"set lock_timeout = '10s'; begin; lock table {mapping.Queue.Table} in access exclusive mode"
            : throw new FaultNotSeenException("No table is known that could be locked."),
        "select format('it has the lock on %s, and %s sessions wait for it', relation::regclass, "
        + "(select count(*) from pg_stat_activity where @it = any(pg_blocking_pids(pid)))) from pg_locks "
        + "where pid = @it and mode = 'AccessExclusiveLock' and granted and relation is not null limit 1");

    public static IFault Snapshot(FaultScene scene, FaultOrder order) => new HeldSession(
        scene,
        order,
        _ => "begin isolation level repeatable read; select pg_current_snapshot()",
        "select format('its snapshot holds back all rows since transaction %s', backend_xmin) from pg_stat_activity "
        + "where pid = @it and backend_xmin is not null");
}
