using System.Globalization;
using Seatrial.Testing;

namespace Seatrial.Bench.Queues;

/// <summary>From enqueuing to the start of the work on an idle system, one record at a time.</summary>
internal static class LatencyBenchmark
{
    private const int Records = 300;

    public static async Task RunAsync(int rounds)
    {
        await NodeContenders.InstallAsync();
        await using var server = await PostgresServer.StartAsync(
            ["shared_buffers=1GB", "max_wal_size=4GB"], CancellationToken.None);
        var (ours, theirs) = (new List<IReadOnlyList<double>>(), new List<IReadOnlyList<double>>());
        for (var round = 0; round < rounds; round++)
        {
            await using (var database = await BenchDatabase.CreateAsync(server))
            {
                ours.Add(await SeatrialContenders.LatenciesAsync(database, Records));
            }

            await using (var database = await BenchDatabase.CreateAsync(server))
            {
                theirs.Add(await NodeContenders.GraphileLatenciesAsync(database, Records));
            }
        }

        Tell("Seatrial", ours);
        Tell("graphile-worker", theirs);
        var ratios = ours.Zip(theirs, (one, other) => Percentile(one, 0.5) / Percentile(other, 0.5));
        Console.WriteLine($"ratio of medians: {Medians.Describe([.. ratios], "F2")}");
    }

    private static void Tell(string name, List<IReadOnlyList<double>> rounds)
    {
        double Of(double part) => Medians.Of(rounds.Select(round => Percentile(round, part)));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name}: p50 {Of(0.5):F2} ms, p95 {Of(0.95):F2} ms, p99 {Of(0.99):F2} ms, max {Of(1):F2} ms"));
    }

    private static double Percentile(IReadOnlyList<double> figures, double part)
    {
        var sorted = figures.Order().ToList();
        return sorted[Math.Min(sorted.Count - 1, (int)(sorted.Count * part))];
    }
}
