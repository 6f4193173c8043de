using Seatrial.Suites;

namespace Seatrial.Bench.Workloads;

/// <summary>
/// What processors spend on looking at the sample system's containers and its database as a trial does: the system
/// stands idle, looked at and not, in turn, and nobody reads its log.
/// </summary>
internal static class SamplingBenchmark
{
    private static readonly TimeSpan _turn = TimeSpan.FromSeconds(20);

    public static async Task RunAsync(int rounds)
    {
        await using var system = await SampleSystem.StartAsync(records: 1);
        await system.CloseLogAsync();
        var (here, all) = (new List<double>(), new List<double>());

        // The first round warms up.
        for (var round = 0; round <= rounds; round++)
        {
            var bare = await MeasureAsync(() => Task.Delay(_turn, TimeProvider.System));
            await system.RenewAsync($"sampled-{round}");
            await system.CloseLogAsync();
            var sampled = await MeasureAsync(() => SampleAsync(system.Environment));
            if (round > 0)
            {
                here.Add((sampled.Program - bare.Program) / _turn.TotalSeconds);
                all.Add((sampled.All - bare.All) / _turn.TotalSeconds);
            }
        }

        Console.WriteLine($"of one core, for sampling: here {Medians.Describe(here, "F4")}, in all {Medians.Describe(all, "F4")}");
    }

    private static async Task SampleAsync(TestEnvironment environment)
    {
        using var over = new CancellationTokenSource(_turn, TimeProvider.System);
        await Measuring.WatchAsync(environment, TimeProvider.System, over.Token);
    }

    private static async Task<ProcessorTime> MeasureAsync(Func<Task> turn)
    {
        var before = ProcessorTime.Now();
        await turn();
        return ProcessorTime.Now() - before;
    }
}
