using System.Diagnostics;
using Npgsql;
using Seatrial.Testing;

namespace Seatrial.Bench.Queues;

/// <summary>
/// What an outage costs, with four worker processes on a long backlog of rows: one killed, the database killed, one
/// stopped in order. Rates are of results in the table, by its size.
/// </summary>
internal static class RecoveryBenchmark
{
    private const int Backlog = 2_500_000;
    private const int Lease = 5;

    // With its header and its share of the page's.
    private const double BytesAResult = 8192 / 41.0;

    // A worker's connections bear its name, and go with its process.
    private const string Orphaned =
        "state = 'running' and owner not in (select application_name from pg_stat_activity where application_name is not null)";

    public static async Task RunAsync()
    {
        await using var server = await PostgresServer.StartAsync(
            ["shared_buffers=1GB", "max_wal_size=4GB"], CancellationToken.None);
        await using var database = await BenchDatabase.CreateAsync(server);
        await SeatrialContenders.Rows(100, 4, Backlog).FillAsync(database, Backlog);
        await database.ExecuteAsync("vacuum analyze");
        var workers = Enumerable.Range(0, 4).Select(i => WorkerProcess.Start(
            database, 18100 + i,
            ("CONTAINER_WORKER__LEASE", $"{Lease}s"), ("CONTAINER_WORKER__CONCURRENCY", "1"))).ToList();
        try
        {
            await RateAsync(database, 10);
            var before = await RateAsync(database, 5);
            Tell($"four workers: {before:N0}/s");
            await KillWorkerAsync(database, workers[0], before);
            await KillDatabaseAsync(server, database);
            var stopped = await workers[1].StopAsync();
            var left = await database.AskAsync<long>(
                $"select count(*) from seatrial.records where {Orphaned}");
            Tell($"graceful stop at full load: {stopped.TotalSeconds:F2} s, {left} records left leased");
        }
        finally
        {
            workers.ForEach(worker => worker.Dispose());
        }
    }

    private static async Task KillWorkerAsync(BenchDatabase database, WorkerProcess worker, double before)
    {
        worker.Kill();
        var at = Stopwatch.GetTimestamp();
        var others = await RateAsync(database, 3);
        var orphans = await database.AskAsync<long[]>($"select coalesce(array_agg(id), '{{}}') from seatrial.records where {Orphaned}");
        await database.UntilAsync(
            $"not exists (select from seatrial.records where id = any (array[{string.Join(',', orphans)}]::bigint[]))");
        Tell($"one killed: its {orphans.Length} records ran again within {Stopwatch.GetElapsedTime(at).TotalSeconds:F1} s (lease {Lease} s); "
            + $"the other three {others:N0}/s, {others / (before * 3 / 4):F2} of their share before");
    }

    private static async Task KillDatabaseAsync(PostgresServer server, BenchDatabase database)
    {
        var before = await RateAsync(database, 5);
        await server.KillAsync();
        NpgsqlConnection.ClearAllPools();
        await server.StartAgainAsync();
        var accepting = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(accepting).TotalSeconds < 20)
        {
            var rate = await RateAsync(database, 1);
            var after = Stopwatch.GetElapsedTime(accepting).TotalSeconds;
            Tell($"  {after:F1} s after the database accepts connections: {rate:N0}/s, {rate / before:F2} of the rate before");
            if (rate > 0.9 * before)
            {
                return;
            }
        }
    }

    private static async Task<double> RateAsync(BenchDatabase database, double seconds)
    {
        var (count, at) = (await CountAsync(database), Stopwatch.GetTimestamp());
        await Task.Delay(TimeSpan.FromSeconds(seconds), TimeProvider.System);
        return (await CountAsync(database) - count) / Stopwatch.GetElapsedTime(at).TotalSeconds;
    }

    // By the table's size, as all results are of the same: to count them would take a processor from the workers.
    private static async Task<double> CountAsync(BenchDatabase database) =>
        await database.AskAsync<long>("select pg_relation_size('seatrial.results')") / BytesAResult;

    private static void Tell(string line) => Console.WriteLine(line);
}
