using System.Diagnostics;
using System.Globalization;
using Seatrial.Testing;

namespace Seatrial.Bench.Queues;

/// <summary>Drains of the same records by each contender in turn, round after round: ratios within one run.</summary>
internal static class QueueBenchmark
{
    // A worker's start is a part of each drain: long enough that it does not count.
    private const int Longest = 900_000;
    private const int Longer = 450_000;
    private const int Long = 300_000;
    private const int Short = 30_000;

    private static readonly IReadOnlyList<Contender> _contenders =
    [
        SeatrialContenders.Chunks(500, Longest),
        SeatrialContenders.Chunks(100, Longest),
        SeatrialContenders.Rows(100, 4, Longer),
        SeatrialContenders.Rows(1, 24, Short),
        SeatrialContenders.RowsUnderSnapshot(100, 4, Longer),
        SeatrialContenders.RowsWithRetention(100, 4, Long),
        SeatrialContenders.Backlog(20_000, 15_000),
        SeatrialContenders.Backlog(2_000_000, 15_000),
        NodeContenders.Graphile("batched", 2, Long),
        NodeContenders.Graphile("standard", 1, Short),
        NodeContenders.PgBoss(Short),
        HangfireContender.Of(2000),
        PgbenchContenders.Chunks(500, Longest),
        PgbenchContenders.Chunks(100, Longest),
        PgbenchContenders.Rows(100, Longer),
    ];

    /// <summary>All contenders, or those whose name contains one of the filters.</summary>
    public static async Task RunAsync(int rounds, string[] filters)
    {
        var contenders = _contenders.Where(contender => filters.Length == 0
            || filters.Any(filter => contender.Name.Contains(filter, StringComparison.Ordinal))).ToList();
        await NodeContenders.InstallAsync();
        await using var server = await PostgresServer.StartAsync(
            ["shared_buffers=1GB", "max_wal_size=4GB", "max_connections=200"], CancellationToken.None);
        var measured = contenders.ToDictionary(contender => contender, _ => new List<Drain>());
        for (var round = 1; round <= rounds; round++)
        {
            foreach (var contender in contenders)
            {
                var drain = await DrainAsync(server, contender);
                measured[contender].Add(drain);
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"round {round}: {contender.Name}: {drain.Rate:N0}/s"));
            }
        }

        Console.WriteLine();
        foreach (var (contender, drains) in measured)
        {
            Console.WriteLine(contender.Name);
            Tell("records/s", drains.Select(drain => drain.Rate), "N0");
            Tell("CPU-seconds per 100,000: workers", drains.Select(drain => drain.Workers), "N2");
            Tell("CPU-seconds per 100,000: PostgreSQL", drains.Select(drain => drain.Server), "N2");
            Tell("WAL bytes a record", drains.Select(drain => drain.Wal), "N0");
        }

        Console.WriteLine("\nratios of rates, round by round");
        var ours = contenders
            .Where(contender => contender.Name.StartsWith("Seatrial", StringComparison.Ordinal)).ToList();
        foreach (var one in ours)
        {
            foreach (var other in contenders.Except(ours))
            {
                Tell(
                    $"{one.Name} / {other.Name}",
                    measured[one].Zip(measured[other], (mine, theirs) => mine.Rate / theirs.Rate),
                    "N2");
            }
        }
    }

    private static void Tell(string what, IEnumerable<double> figures, string format) =>
        Console.WriteLine($"  {what}: {Medians.Describe([.. figures], format)}");

    private static async Task<Drain> DrainAsync(PostgresServer server, Contender contender)
    {
        await using var database = await BenchDatabase.CreateAsync(server);
        await contender.FillAsync(database, contender.Records);
        await database.ExecuteAsync("vacuum analyze");
        await database.ExecuteAsync("checkpoint");
        var (wal, cpu, began) = (await WalAsync(database), database.ServerTime(), Stopwatch.GetTimestamp());
        var drained = await contender.DrainAsync(database, contender.Records);
        var took = Stopwatch.GetElapsedTime(began);
        var per = contender.Records / 100_000.0;
        return new Drain(
            drained.Rate ?? contender.Records / took.TotalSeconds,
            drained.Workers.TotalSeconds / per,
            (database.ServerTime() - cpu).TotalSeconds / per,
            (await WalAsync(database) - wal) / contender.Records);
    }

    private static async Task<double> WalAsync(BenchDatabase database) =>
        (double)await database.AskAsync<decimal>("select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')");

    private sealed record Drain(double Rate, double Workers, double Server, double Wal);
}
