using Seatrial.Engine.Compose;
using Seatrial.Engine.Drivers;
using Seatrial.Engine.Measurements;
using Seatrial.Engine.Measurements.Resources;
using Seatrial.Testing;

namespace Seatrial.Engine.Tests.Measurements;

public sealed class ResourceRecorderTests
{
    private const string Quiet = "exec sleep 1000";

    /// <summary>Hardly ever waits for the engine to take its output.</summary>
    private const string Burning =
        "while :; do i=0; while [ $i -lt 1000 ]; do i=$((i+1)); done; echo burning; done";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_container_that_burns_beyond_its_limit_is_seen_throttled_and_talking()
    {
        await using var containers = new MeasuredContainers(await TestEngine.DriverAsync());

        // Its shares see to it that it comes to its limit on a machine that is busy otherwise too.
        await containers.StartAsync(
            "burner", Burning, new ComposeLimits { Cpus = 0.2, Memory = 64 << 20, CpuShares = 100_000 }, Token);
        await containers.StartAsync("sleeper", Quiet, new ComposeLimits(), Token);

        var reading = await RecordAsync(containers, () => containers.LooksAsync(40, Token));

        Assert.Null(reading.Damage);
        var burner = Assert.Single(reading.Series, series => series.Container == "burner-1");
        var (first, last) = (burner.Samples[0], burner.Samples[^1]);
        Assert.InRange(burner.Cores(first.At, last.At) ?? 0, 0.1, 0.3);
        Assert.True(last.Throttled - first.Throttled > 10, $"{last.Throttled} of {last.Periods} periods");
        Assert.True(last.Log - first.Log > 10_000, $"{last.Log} bytes of output");
        Assert.Equal((0.2, 64 << 20), (last.CpuLimit, last.MemoryLimit));
        Assert.True(last.Memory > 0 && burner.Samples.Any(sample => sample.Files > 0));

        var sleeper = Assert.Single(reading.Series, series => series.Container == "sleeper-1");
        Assert.Equal((0, null, null),
            (sleeper.Samples[^1].Throttled, sleeper.Samples[^1].CpuLimit, sleeper.Samples[^1].MemoryLimit));
        Assert.True(sleeper.Cores(sleeper.Samples[0].At, sleeper.Samples[^1].At) < 0.05);

        var host = Assert.Single(reading.Series, series => series.Container == ResourceSeries.Host);
        Assert.True(host.Cores(first.At, last.At) >= 0.1);

        var cause = Assert.Single(
            PerformanceMonitor.DetectPerformanceBottlenecks(
                PerformanceEvidence.Read(containers.Folder, first.At) ?? throw new InvalidOperationException()),
            one => one.Name is "cpu-limit");
        Assert.Equal("burner-1", cause.Where);
    }

    [Fact]
    public async Task Containers_come_and_go_and_one_that_is_started_again_has_a_further_life()
    {
        var driver = await TestEngine.DriverAsync();
        await using var containers = new MeasuredContainers(driver);
        var killed = await containers.StartAsync("killed", Quiet, new ComposeLimits(), Token);

        var reading = await RecordAsync(containers, async () =>
        {
            await containers.LooksAsync(5, Token);
            await ((ICanKill)driver.Containers).KillAsync(killed.Id, "SIGKILL", Token);
            await containers.StartAsync("late", Quiet, new ComposeLimits(), Token);
            while ((await driver.Containers.InspectAsync(killed.Id, Token))?.Running == true)
            {
                await containers.LooksAsync(1, Token);
            }

            await driver.Containers.StartAsync(killed.Id, Token);
            await containers.LooksAsync(10, Token);
        });

        Assert.Equal(2, reading.Series.Count(series => series.Container == "killed-1"));
        var lives = reading.Series.Where(series => series.Container == "killed-1").ToList();
        Assert.True(lives[1].Samples[0].At > lives[0].Samples[^1].At);
        var late = Assert.Single(reading.Series, series => series.Container == "late-1");
        Assert.True(late.Samples[0].At > lives[0].Samples[0].At);
    }

    /// <summary>By the kernel's own count of this thread's processor time.</summary>
    [Fact]
    public async Task Eight_containers_four_times_a_second_cost_less_than_a_fiftieth_of_a_core()
    {
        const int Looks = 400;
        var driver = await TestEngine.DriverAsync();
        await using var containers = new MeasuredContainers(driver);
        var sleeper = await containers.StartAsync("sleeper", Quiet, new ComposeLimits(), Token);
        var state = await driver.Containers.InspectAsync(sleeper.Id, Token);
        var meter = ContainerMeter.Of(state ?? throw new InvalidOperationException(), new KernelFiles());

        var before = ThreadTime.Used();
        for (var i = 0; i < Looks; i++)
        {
            Assert.NotNull(meter?.Read(DateTimeOffset.UnixEpoch, isWhole: i % 4 == 0));
        }

        var share = (ThreadTime.Used() - before).TotalSeconds / Looks * 8 * 4;
        TestContext.Current.TestOutputHelper?.WriteLine($"{share:P2} of a core");
        Assert.InRange(share, 0, 0.02);
    }

    [Fact]
    public async Task A_file_that_breaks_off_is_read_as_far_as_it_goes()
    {
        await using var containers = new MeasuredContainers(await TestEngine.DriverAsync());
        await containers.StartAsync("sleeper", Quiet, new ComposeLimits(), Token);
        await RecordAsync(containers, () => containers.LooksAsync(5, Token));
        var path = Path.Combine(containers.Folder, ResourceFile.Name);
        var whole = await File.ReadAllBytesAsync(path, Token);
        await File.WriteAllBytesAsync(path, whole[..^20], Token);

        var reading = ResourceFile.Read(containers.Folder);

        Assert.NotNull(reading?.Damage);
        Assert.NotEmpty(reading.Series);
        Assert.Contains(
            PerformanceEvidence.Read(containers.Folder, DateTimeOffset.UnixEpoch)?.Gaps ?? [],
            gap => gap.StartsWith("resources.jsonl.gz is not whole", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Where_no_container_is_to_be_seen_the_report_says_so()
    {
        await using var containers = new MeasuredContainers(await TestEngine.DriverAsync());

        await RecordAsync(containers, () => containers.LooksAsync(2, Token));

        Assert.Equal(
            "No container runs on this host: none of them was seen.",
            Assert.Single(PerformanceEvidence.Read(containers.Folder, DateTimeOffset.UnixEpoch)?.Gaps ?? []));
    }

    private static async Task<ResourceReading> RecordAsync(MeasuredContainers containers, Func<Task> until)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var recording = new PerformanceMonitor(await TestEngine.DriverAsync(), TimeProvider.System)
            .MonitorResourceUsageAsync(
                new MonitoredSystem
                {
                    Containers = containers.Look,
                    Folder = containers.Folder,
                    Every = TimeSpan.FromMilliseconds(100),
                },
                over.Token);
        await Task.WhenAny(until(), recording);
        await over.CancelAsync();
        return await recording;
    }
}
