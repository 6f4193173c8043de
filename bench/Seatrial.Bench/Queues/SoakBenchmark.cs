using System.Diagnostics;
using Seatrial.Testing;

namespace Seatrial.Bench.Queues;

/// <summary>
/// A worker process's memory at full rate: the backlog is filled up again and again. The slope is that of a line
/// through means of half a minute, by least squares, with its 95 % confidence interval; single samples hang together
/// too much for one. The first third is left out: in it the runtime compiles anew what is used most.
/// </summary>
internal static class SoakBenchmark
{
    private const int Portion = 100_000;
    private const int Block = 15;
    private const int LeastBlocks = 10;

    // Student's t at 97.5 % for about a dozen degrees of freedom.
    private const double Quantile = 2.2;

    private static readonly TimeSpan _between = TimeSpan.FromSeconds(2);

    public static async Task RunAsync(TimeSpan length)
    {
        await using var server = await PostgresServer.StartAsync(
            ["shared_buffers=1GB", "max_wal_size=4GB"], CancellationToken.None);
        await using var database = await BenchDatabase.CreateAsync(server);
        await SeatrialContenders.Rows(100, 4, Portion).FillAsync(database, Portion);
        using var worker = WorkerProcess.Start(database, 18200);
        var samples = new List<(double Minutes, double Megabytes)>();
        var began = Stopwatch.GetTimestamp();
        var filling = Task.CompletedTask;
        while (Stopwatch.GetElapsedTime(began) < length)
        {
            await Task.Delay(_between, TimeProvider.System);
            samples.Add((Stopwatch.GetElapsedTime(began).TotalMinutes, worker.Resident / (double)(1 << 20)));
            if (filling.IsCompleted && await OpenAsync(database) < Portion)
            {
                await filling;
                filling = FillAsync(database);
            }
        }

        await filling;
        var done = await database.AskAsync<long>("select count(*) from seatrial.results");
        var steady = samples.Skip(samples.Count / 3).Chunk(Block).Where(block => block.Length == Block)
            .Select(block => (block.Average(one => one.Minutes), block.Average(one => one.Megabytes))).ToList();
        if (steady.Count < LeastBlocks)
        {
            throw new ArgumentException("A slope takes at least 8 minutes.", nameof(length));
        }

        var (slope, error) = Slope(steady);
        Console.WriteLine(
            $"{done:N0} records in {length.TotalMinutes:N1} min: resident at most {samples.Max(one => one.Megabytes):N0} MB, "
            + $"{slope:N2} MB a minute (95 % confidence: {slope - error:N2} to {slope + error:N2})");
    }

    // Half of them as rows, half in chunks.
    private static async Task FillAsync(BenchDatabase database)
    {
        await SeatrialContenders.Chunks(500, Portion).FillAsync(database, Portion);
        await SeatrialContenders.Rows(100, 4, Portion).FillAsync(database, Portion);
    }

    private static Task<long> OpenAsync(BenchDatabase database) => database.AskAsync<long>(
        "select (select count(*) from seatrial.records where state = 'ready')"
        + " + (select coalesce(sum(records), 0) from seatrial.chunks where state = 'ready')");

    private static (double Slope, double Error) Slope(List<(double X, double Y)> points)
    {
        var (x, y) = (points.Average(point => point.X), points.Average(point => point.Y));
        var spread = points.Sum(point => (point.X - x) * (point.X - x));
        var slope = points.Sum(point => (point.X - x) * (point.Y - y)) / spread;
        var residual = points.Sum(point => Math.Pow(point.Y - y - (slope * (point.X - x)), 2));
        return (slope, Quantile * Math.Sqrt(residual / (points.Count - 2) / spread));
    }
}
