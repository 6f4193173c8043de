using System.Diagnostics;
using System.Globalization;
using Seatrial.Engine.Workloads;
using Seatrial.Suites;
using Seatrial.Suites.Distributed;

namespace Seatrial.Bench.Workloads;

/// <summary>
/// What it costs the sample system to be watched: the same records through the same containers, in turn with all that a
/// trial watches by (the log read into a history, containers and database sampled, the load's bookkeeping) and with
/// nothing. A machine whose speed changes from second to second hides in the throughput what processors spend on it, so
/// that is told as well: their time changes with their speed on both sides of a division.
/// </summary>
internal static class ObservingBenchmark
{
    private const int Records = 10_000;
    private const int Stages = 3;

    private static readonly TimeSpan _looks = TimeSpan.FromMilliseconds(50);

    public static async Task RunAsync(int rounds)
    {
        await using var system = await SampleSystem.StartAsync(Records);
        var (watched, bare) = (new List<double>(), new List<double>());
        var (watching, working) = (new List<ProcessorTime>(), new List<ProcessorTime>());

        // The first rounds warm the workers up.
        for (var round = -1; round <= rounds; round++)
        {
            var isWatchedFirst = round % 2 == 0;
            foreach (var isWatched in new[] { isWatchedFirst, !isWatchedFirst })
            {
                await system.RenewAsync($"{(isWatched ? "watched" : "bare")}-{round + 1}");
                if (!isWatched)
                {
                    await system.CloseLogAsync();
                }

                var before = ProcessorTime.Now();
                var rate = await (isWatched ? WatchedAsync(system.Environment) : BareAsync(system.Environment));
                if (round > 0)
                {
                    (isWatched ? watched : bare).Add(rate);
                    (isWatched ? watching : working).Add(ProcessorTime.Now() - before);
                    Console.WriteLine(string.Create(
                        CultureInfo.InvariantCulture,
                        $"round {round}: {(isWatched ? "watched" : "bare")}: {rate:N0} records/s"));
                }
            }
        }

        Console.WriteLine($"watched {Medians.Describe(watched)}, bare {Medians.Describe(bare)} records/s through all queues");
        Console.WriteLine(
            $"watched / bare, round by round: {Medians.Describe([.. watched.Zip(bare, (one, other) => one / other)], "F3")}");
        Console.WriteLine($"processor seconds, watched: {ProcessorTime.Describe(watching)}; bare: {ProcessorTime.Describe(working)}");
        Console.WriteLine("of all that was used while watched, for watching: " + Medians.Describe(
            [.. watching.Zip(working, (one, other) => (one.Program - other.Program + one.Sender) / one.All)], "F3"));
    }

    private static async Task<double> WatchedAsync(TestEnvironment environment)
    {
        using var over = new CancellationTokenSource();
        var watch = Measuring.WatchAsync(environment, TimeProvider.System, over.Token);
        var rate = await RateAsync(environment, () => new Loading(environment, TimeProvider.System).RunAsync(
            environment.Plan.Spec.Workload, Records, CancellationToken.None, CancellationToken.None));

        // What it has not read yet it has not paid for.
        await environment.Log.WaitUntilAsync(counts => counts.Drained, CancellationToken.None);
        await over.CancelAsync();
        await watch;
        return rate;
    }

    private static Task<double> BareAsync(TestEnvironment environment) => RateAsync(environment, async () =>
    {
        var workload = environment.Plan.Spec.Workload;
        var loader = new QueueLoader(environment.Database, workload, TimeProvider.System);
        await foreach (var batch in loader.LoadAsync(
            new RecordSource(workload, environment.Plan.Request.Seed).Read(Records), CancellationToken.None))
        {
        }
    });

    /// <summary>Records a second, from the first put in to the last one's last effect.</summary>
    private static async Task<double> RateAsync(TestEnvironment environment, Func<Task> loadAsync)
    {
        var began = Stopwatch.GetTimestamp();
        await loadAsync();
        await using var done = environment.Database.CreateCommand(
            $"select count(*) from {environment.Plan.Spec.Mapping.Effect.Table}");
        while ((long)(await done.ExecuteScalarAsync(CancellationToken.None) ?? 0L) < Stages * Records)
        {
            await Task.Delay(_looks, TimeProvider.System);
        }

        return Records / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }
}
