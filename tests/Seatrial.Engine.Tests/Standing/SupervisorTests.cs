using Seatrial.Engine.Compose;
using Seatrial.Engine.Standing;
using Seatrial.Testing;
using Seatrial.Testing.Simulation;
using static Seatrial.Engine.Tests.Standing.StandingProjects;

namespace Seatrial.Engine.Tests.Standing;

public sealed class SupervisorTests
{
    private static readonly SimulatedBehaviour _diesEvery10s = new() { DiesAfter = TimeSpan.FromSeconds(10), ExitCode = 1 };

    [Fact]
    public void It_starts_again_after_the_delay_and_gives_up_after_so_many_attempts() => VirtualTime.Run(async clock =>
    {
        var policy = new ComposeRestartPolicy
        {
            Condition = "on-failure",
            Delay = TimeSpan.FromSeconds(5),
            MaxAttempts = 2,
        };

        var (starts, told) = await SuperviseAsync(clock, policy, _diesEvery10s, TimeSpan.FromMinutes(2));

        Assert.Equal([0, 15, 30], starts);
        Assert.EndsWith("it was started again 2 times, and stays as it is", told[^1], StringComparison.Ordinal);
    });

    [Fact]
    public void One_that_held_for_the_window_begins_to_count_anew() => VirtualTime.Run(async clock =>
    {
        var policy = new ComposeRestartPolicy { MaxAttempts = 1, Window = TimeSpan.FromSeconds(8) };

        var (starts, _) = await SuperviseAsync(clock, policy, _diesEvery10s, TimeSpan.FromSeconds(45));

        Assert.Equal([0, 10, 20, 30, 40], starts);
    });

    [Fact]
    public void One_that_turned_unhealthy_is_stopped_and_started_once() => VirtualTime.Run(async clock =>
    {
        var behaviour = new SimulatedBehaviour
        {
            HealthyAfter = TimeSpan.FromSeconds(1),
            UnhealthyAfter = TimeSpan.FromSeconds(20),
        };

        var (starts, _) = await SuperviseAsync(clock, new ComposeRestartPolicy(), behaviour, TimeSpan.FromSeconds(35));

        Assert.Equal([0, 20], starts);
    });

    [Fact]
    public void An_end_without_failure_is_left_where_only_failures_count() => VirtualTime.Run(async clock =>
    {
        var (starts, _) = await SuperviseAsync(
            clock,
            new ComposeRestartPolicy { Condition = "on-failure" },
            _diesEvery10s with { ExitCode = 0 },
            TimeSpan.FromMinutes(1));

        Assert.Equal([0], starts);
    });

    /// <summary>Whole seconds of each start, and what was told.</summary>
    private static async Task<(IReadOnlyList<double> Starts, IReadOnlyList<string> Told)> SuperviseAsync(
        TimeProvider clock, ComposeRestartPolicy policy, SimulatedBehaviour behaviour, TimeSpan length)
    {
        var project = ComposeProjects.Of(
            "p", ComposeProjects.Service("app") with { Deploy = new ComposeDeploy { RestartPolicy = policy } });
        await using var driver = new SimulatedDriver(clock) { Behaviours = { ["app"] = behaviour } };
        var told = new Lines();
        var since = clock.GetUtcNow();
        await UpAsync(driver, clock, project);
        using var end = new CancellationTokenSource(length, clock);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => new Supervisor(driver, clock, told).RunAsync(project, since, end.Token));

        return (
            [
                .. driver.Journal
                    .Where(entry => entry.Verb == "start")
                    .Select(entry => Math.Round(entry.At.TotalSeconds)),
            ],
            told.All);
    }

    private sealed class Lines : IProgress<string>
    {
        public List<string> All { get; } = [];

        public void Report(string value) => All.Add(value);
    }
}
