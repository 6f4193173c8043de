using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Seatrial.Bench.Queues;
using Seatrial.Engine.Histories;
using Seatrial.Engine.Measurements.Latencies;
using Seatrial.Engine.Specs;
using Seatrial.Engine.Workloads;
using Seatrial.Testing;
using Seatrial.Worker.Processing;

namespace Seatrial.Bench.Workloads;

/// <summary>What rate the open load holds beside a real server, and how late it is itself.</summary>
internal static class GeneratorBenchmark
{
    private const int Rounds = 3;

    private static readonly TimeSpan _lasts = TimeSpan.FromSeconds(10);

    public static async Task RunAsync()
    {
        await using var server = await PostgresServer.StartAsync(["shared_buffers=1GB"], CancellationToken.None);
        foreach (var rate in new[] { 2_000, 20_000 })
        {
            var (kept, late, used) = (new List<double>(), new List<double>(), new List<double>());
            for (var round = 0; round < Rounds; round++)
            {
                var (sent, p99, cores) = await RunAsync(server, rate);
                kept.Add(sent);
                late.Add(p99);
                used.Add(cores);
            }

            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{rate:N0} records/s for {_lasts.TotalSeconds:0} s, {Rounds} rounds"));
            Console.WriteLine($"  records/s that came in by its end  {Medians.Describe(kept)}");
            Console.WriteLine($"  p99 of its own lateness            {Medians.Describe(late, "F2")} ms");
            Console.WriteLine($"  cores used by the generator        {Medians.Describe(used, "F2")}");
        }
    }

    private static async Task<(double Rate, double Late, double Cores)> RunAsync(PostgresServer server, int rate)
    {
        await using var database = await BenchDatabase.CreateAsync(server);
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        await new SchemaMigrator(source, NullLogger.Instance).MigrateAsync(
            typeof(SchemaMigrator).Assembly, CancellationToken.None);
        var workload = new WorkloadSpec
        {
            Kinds = [],
            Queue = "q",
            InsertSql = BuiltInMapping.InsertSql,
        };
        using var loader = new OpenLoopLoader(
            new QueueLoader(source, workload, TimeProvider.System), TimeProvider.System);
        var plan = new ArrivalPlan([new LoadPhase("it", new LoadShape.Constant(rate), _lasts)]);
        using var records = Enumerable.Range(1, int.MaxValue)
            .Select(n => new WorkloadRecord(string.Create(CultureInfo.InvariantCulture, $"k{n}"), "{\"age\":\"52\"}"))
            .GetEnumerator();
        var (late, acked) = (new Latency(), 0L);
        var zero = TimeProvider.System.GetUtcNow().AddMilliseconds(50);
        var (began, used) = (Stopwatch.GetTimestamp(), Process.GetCurrentProcess().TotalProcessorTime);
        await foreach (var (sent, inserted) in loader.RunAsync(
            plan, zero, records, _ => { }, CancellationToken.None, CancellationToken.None))
        {
            acked += inserted.Outcome is AckOutcome.Acked ? inserted.Keys.Count : 0;
            foreach (var due in sent.Due)
            {
                late.Add((long)(sent.SentAt - due).TotalMicroseconds);
            }
        }

        var elapsed = Stopwatch.GetElapsedTime(began).TotalSeconds;
        var cores = (Process.GetCurrentProcess().TotalProcessorTime - used).TotalSeconds / elapsed;
        return (acked / elapsed, late.Quantile(0.99)?.TotalMilliseconds ?? 0, cores);
    }
}
