using Seatrial.Engine.Measurements.Bottlenecks;
using Seatrial.Engine.Measurements.Resources;

namespace Seatrial.Engine.Measurements.Databases;

/// <summary>From looks at a database to what reports show.</summary>
internal static class DatabaseUses
{
    private const int Most = 8;

    public static DatabaseUse? Of(DatabaseReading? reading, IReadOnlyList<ResourceSeries> containers)
    {
        if (reading is not { Samples.Count: > 0 })
        {
            return null;
        }

        var looks = reading.Samples.Where(sample => sample.Failure is null).ToList();
        var counters = looks.Select(look => look.Counters).OfType<DatabaseCounters>().ToList();
        var sum = Sum(counters);
        return new DatabaseUse
        {
            Looks = reading.Samples.Count,
            Silent = reading.Samples.Count - looks.Count,
            Clients = Clients(looks, containers),
            Waits = Waits(looks),
            Commits = sum.Commits,
            Rollbacks = sum.Rollbacks,
            Deadlocks = sum.Deadlocks,
            Wal = sum.Wal,
            CacheHits = sum.Hits + sum.Reads > 0 ? Rounded((double)sum.Hits / (sum.Hits + sum.Reads)) : null,
            Tables = Tables(looks),
            Locks = Locks(looks),
            Statements = reading.Statements.Count > 0 ? [.. reading.Statements.Take(Most)] : Seen(looks),
            IsSampled = reading.Statements.Count == 0,
        };
    }

    /// <summary>What was counted from look to look; a server that was started again counts from 0.</summary>
    private static DatabaseCounters Sum(List<DatabaseCounters> counters) => new(
        Grown(counters, one => one.Commits), Grown(counters, one => one.Rollbacks), Grown(counters, one => one.Hits),
        Grown(counters, one => one.Reads), Grown(counters, one => one.TemporaryBytes),
        Grown(counters, one => one.Deadlocks), Grown(counters, one => one.Wal),
        counters.Count > 0 ? counters[^1].Size : 0);

    private static long Grown<T>(IReadOnlyList<T> counters, Func<T, long> of) =>
        counters.Zip(counters.Skip(1), (one, next) => of(next) < of(one) ? of(next) : of(next) - of(one)).Sum();

    private static IReadOnlyList<ClientSessions> Clients(
        List<DatabaseSample> looks, IReadOnlyList<ResourceSeries> containers) =>
    [
        .. looks.SelectMany((look, i) => look.Sessions.Select(session => (Look: i, Session: session)))
            .GroupBy(seen => containers.LastOrDefault(
                series => series.Addresses.Contains(seen.Session.Address))?.Container ?? seen.Session.Address)
            .Select(client => new ClientSessions(
                client.Key.Length > 0 ? client.Key : "the server's own socket",
                client.GroupBy(seen => seen.Look).Max(look => look.Sum(seen => seen.Session.Count)),
                Mean(client.Where(seen => seen.Session.State is "active"), looks.Count),
                Mean(client.Where(seen => seen.Session.State.StartsWith(
                    "idle in transaction", StringComparison.Ordinal)), looks.Count),
                Mean(client.Where(seen => seen.Session.IsIdle), looks.Count)))
            .OrderByDescending(client => client.Most)
            .ThenBy(client => client.Client, StringComparer.Ordinal),
    ];

    private static IReadOnlyList<WaitUse> Waits(List<DatabaseSample> looks) =>
    [
        .. looks.SelectMany(look => look.Sessions)
            .Where(session => session.State is "active")
            .GroupBy(session => (session.WaitType, session.Wait))
            .Select(wait => new WaitUse(
                wait.Key.WaitType, wait.Key.Wait, Rounded(wait.Sum(one => one.Count) / (double)looks.Count)))
            .OrderByDescending(wait => wait.Sessions)
            .ThenBy(wait => wait.Wait, StringComparer.Ordinal)
            .Take(Most),
    ];

    private static IReadOnlyList<TableUse> Tables(List<DatabaseSample> looks) =>
    [
        .. looks.SelectMany(look => look.Tables ?? [])
            .GroupBy(table => table.Table)
            .Select(table => table.ToList())
            .Select(table => new TableUse(
                table[0].Table, Grown(table, one => one.Scans), Grown(table, one => one.ScannedRows),
                Grown(table, one => one.IndexScans), table[^1].Live, table[^1].Dead, table.Max(one => one.Dead)))
            .OrderByDescending(table => table.ScannedRows + table.Live + table.MostDead)
            .ThenBy(table => table.Table, StringComparer.Ordinal)
            .Take(Most),
    ];

    private static IReadOnlyList<LockWait> Locks(List<DatabaseSample> looks) =>
    [
        .. looks.SelectMany(look => look.Locks)
            .Where(wait => wait.IsRoot)
            .GroupBy(wait => (wait.BlockerAddress, Statements.Shape(wait.BlockerStatement)))
            .Select(blocker => blocker.MaxBy(wait => wait.Seconds))
            .OfType<LockWait>()
            .OrderByDescending(wait => wait.Seconds)
            .Take(Most),
    ];

    /// <summary>Where the server counts no statements: those that were met at work.</summary>
    private static IReadOnlyList<StatementUse> Seen(List<DatabaseSample> looks) =>
    [
        .. looks.SelectMany(look => look.Running)
            .Where(running => running.WaitType is not "Lock")
            .GroupBy(running => Statements.Shape(running.Statement))
            .Select(one => new StatementUse(
                one.Key, one.Count(), Rounded(one.Max(running => running.Seconds)), Rows: 0))
            .OrderByDescending(one => one.Seconds)
            .Take(Most),
    ];

    private static double Mean(IEnumerable<(int Look, SessionCount Session)> seen, int looks) =>
        Rounded(seen.Sum(one => one.Session.Count) / (double)looks);

    private static double Rounded(double value) => Math.Round(value, 4);
}
