using Seatrial.Engine.Compose;
using Seatrial.Engine.Environments;
using Seatrial.Testing;
using Seatrial.Testing.Simulation;

namespace Seatrial.Engine.Tests.Environments;

public sealed class EnvironmentRunnerTests
{
    private static readonly SimulatedBehaviour _healthyIn1s = new() { HealthyAfter = TimeSpan.FromSeconds(1) };
    private static readonly SimulatedBehaviour _neverHealthy = new() { HealthyAfter = TimeSpan.FromDays(1) };

    [Fact]
    public void Dependents_start_together_as_soon_as_what_they_wait_for_is_healthy() => VirtualTime.Run(async clock =>
    {
        await using var driver = Healthy(clock);

        await using var environment = await StartAsync(driver, clock, ComposeProjects.Rpa());

        var healthy = driver.Journal.Single(entry => entry.ToString() == "Healthy rpa-r1-db-1").At;
        var starts = driver.Journal.Where(entry => entry.Verb == "start" && !entry.Name.Contains("db")).ToList();
        Assert.Equal(4, starts.Count);
        Assert.All(starts, start => Assert.Equal(healthy + TimeSpan.FromMilliseconds(20), start.At));
        Assert.Equal(["db-1", "rpa1-1", "rpa1-2", "rpa2-1", "rpa3-1"], environment.Containers.Select(c => c.ShortName));
        Assert.InRange(environment.StartedWithin.TotalSeconds, 2, 2.2);
    });

    [Fact]
    public void All_containers_are_created_before_the_first_is_healthy() => VirtualTime.Run(async clock =>
    {
        await using var driver = Healthy(clock);

        await using var environment = await StartAsync(driver, clock, ComposeProjects.Rpa());

        Assert.Equal(
            5, driver.Journal.TakeWhile(entry => entry.Verb != "Healthy").Count(entry => entry.Verb == "create"));
        Assert.Equal(["create network", "create volume"], driver.Journal.Take(2).Select(entry => entry.Verb));
    });

    [Fact]
    public void A_gate_of_each_kind_opens_at_its_own_event() => VirtualTime.Run(async clock =>
    {
        var project = ComposeProjects.Of(
            "p",
            ComposeProjects.Service("job"),
            ComposeProjects.Service("db"),
            Waiting("afterStart", new ComposeDependency("db", DependencyCondition.Started)),
            Waiting("afterHealth", new ComposeDependency("db", DependencyCondition.Healthy)),
            Waiting("afterJob", new ComposeDependency("job", DependencyCondition.CompletedSuccessfully)));
        await using var driver = new SimulatedDriver(clock)
        {
            Behaviours = { ["db"] = _healthyIn1s, ["job"] = new() { DiesAfter = TimeSpan.FromSeconds(30) } },
        };

        await using var environment = await StartAsync(driver, clock, project);

        Assert.Equal([0.05, 1.05, 30.05], new[] { "afterStart", "afterHealth", "afterJob" }.Select(
            service => driver.Journal.Single(e => e.Verb == "start" && e.Name.Contains(service)).At.TotalSeconds));
        Assert.DoesNotContain(environment.Containers, container => container.Service == "job");
    });

    [Fact]
    public void A_death_at_the_start_tells_all_that_is_known_and_leaves_nothing() => VirtualTime.Run(async clock =>
    {
        await using var driver = Healthy(clock);
        driver.Behaviours["db"] = new SimulatedBehaviour
        {
            HealthyAfter = TimeSpan.FromHours(1),
            DiesAfter = TimeSpan.FromSeconds(3),
            ExitCode = 137,
            OutOfMemory = true,
            HealthLog = ["exit 1: no response"],
            Output = [.. Enumerable.Range(1, 30).Select(i => $"line {i}")],
        };

        var thrown = await Assert.ThrowsAsync<SeatrialException>(
            () => StartAsync(driver, clock, ComposeProjects.Rpa()));

        Assert.Equal(ExitCode.Unavailable, thrown.ExitCode);
        var problem = Assert.Single(thrown.Problems);
        Assert.Equal("db-1 ended with exit code 137 while it started.", problem.What);
        Assert.Equal("compose.yaml:10:3 (container rpa-r1-db-1, image debian:bookworm-slim)", problem.Where);
        Assert.Equal(
            "The kernel killed it: out of memory. Its last health probes: exit 1: no response. "
                + "Waiting for it: rpa1 → db, rpa2 → db, rpa3 → db.",
            problem.Why);
        Assert.Equal("line 11", problem.Output[0]);
        Assert.Equal(20, problem.Output.Count);
        Assert.Contains("memory", problem.Fix);
        Assert.DoesNotContain(driver.Journal, entry => entry.ToString() == "start rpa-r1-rpa1-1");
        await AssertEmptyAsync(driver);
    });

    [Fact]
    public void A_death_of_one_that_was_ready_ends_the_start_of_the_others() => VirtualTime.Run(async clock =>
    {
        await using var driver = Healthy(clock);
        driver.Behaviours["db"] = _healthyIn1s with { DiesAfter = TimeSpan.FromSeconds(1.5), ExitCode = 1 };

        var thrown = await Assert.ThrowsAsync<SeatrialException>(
            () => StartAsync(driver, clock, ComposeProjects.Rpa()));

        Assert.Equal("db-1 ended with exit code 1 while it started.", Assert.Single(thrown.Problems).What);
        await AssertEmptyAsync(driver);
    });

    [Fact]
    public void Turning_unhealthy_ends_the_start() => VirtualTime.Run(async clock =>
    {
        await using var driver = Healthy(clock);
        driver.Behaviours["rpa2"] = new SimulatedBehaviour { UnhealthyAfter = TimeSpan.FromSeconds(9) };

        var thrown = await Assert.ThrowsAsync<SeatrialException>(
            () => StartAsync(driver, clock, ComposeProjects.Rpa()));

        var problem = Assert.Single(thrown.Problems);
        Assert.Equal("rpa2-1 turned unhealthy while it started.", problem.What);
        Assert.Contains("services.rpa2.healthcheck.start_period", problem.Fix);
        await AssertEmptyAsync(driver);
    });

    [Fact]
    public void What_never_becomes_healthy_ends_the_start_at_its_limit() => VirtualTime.Run(async clock =>
    {
        await using var driver = Healthy(clock);
        driver.Behaviours["rpa3"] = _neverHealthy;

        var thrown = await Assert.ThrowsAsync<SeatrialException>(
            () => StartAsync(driver, clock, ComposeProjects.Rpa()));

        Assert.Equal("rpa3-1 was not healthy 180 s after its start.", Assert.Single(thrown.Problems).What);
        await AssertEmptyAsync(driver);
    });

    [Fact]
    public void Every_failure_of_the_same_moment_is_told() => VirtualTime.Run(async clock =>
    {
        await using var driver = Healthy(clock);
        Problem Port(int port) => new() { What = $"Host port {port} is in use.", Where = "x", Fix = "Free it." };
        driver.Behaviours["rpa2"] = new SimulatedBehaviour { StartRefused = Port(1) };
        driver.Behaviours["rpa3"] = new SimulatedBehaviour { StartRefused = Port(2) };

        var thrown = await Assert.ThrowsAsync<SeatrialException>(
            () => StartAsync(driver, clock, ComposeProjects.Rpa()));

        Assert.Equal(
            ["Host port 1 is in use.", "Host port 2 is in use."], thrown.Problems.Select(problem => problem.What));
        await AssertEmptyAsync(driver);
    });

    [Theory]
    [InlineData("no", true)]
    [InlineData("always", false)]
    [InlineData("on-failure", false)]
    [InlineData("on-failure:2", true)]
    public void A_death_counts_when_no_restart_follows(string restart, bool isFinal) => VirtualTime.Run(async clock =>
    {
        var project = ComposeProjects.Of("p", ComposeProjects.Service("a") with { Restart = restart });
        await using var driver = new SimulatedDriver(clock)
        {
            Behaviours = { ["a"] = _neverHealthy with { DiesAfter = TimeSpan.FromSeconds(1), ExitCode = 2 } },
        };

        var thrown = await Assert.ThrowsAsync<SeatrialException>(() => StartAsync(driver, clock, project));

        Assert.Equal(
            isFinal ? "a-1 ended with exit code 2 while it started." : "a-1 was not healthy 180 s after its start.",
            Assert.Single(thrown.Problems).What);
    });

    [Fact]
    public void An_optional_service_that_fails_is_gone_on_without() => VirtualTime.Run(async clock =>
    {
        var project = ComposeProjects.Of(
            "p",
            ComposeProjects.Service("prefect"),
            Waiting("app", new ComposeDependency("prefect", DependencyCondition.Healthy, Required: false)));
        await using var driver = new SimulatedDriver(clock)
        {
            Behaviours = { ["prefect"] = _neverHealthy with { DiesAfter = TimeSpan.FromSeconds(2) } },
        };
        var progress = new Recording();

        await using var environment = await StartAsync(driver, clock, project, progress);

        Assert.Equal(["app-1"], environment.Containers.Select(container => container.ShortName));
        Assert.Contains(progress.Events, e => e is { Name: "prefect-1", State: ResourceState.Failed });
    });

    [Theory]
    [InlineData(0.005)]
    [InlineData(0.025)]
    [InlineData(0.5)]
    [InlineData(1.5)]
    public void Cancelled_in_the_middle_it_leaves_nothing(double seconds) => VirtualTime.Run(async clock =>
    {
        await using var driver = Healthy(clock);
        using var cancel = new CancellationTokenSource(TimeSpan.FromSeconds(seconds), clock);
        var plan = EnvironmentPlans.Plan(ComposeProjects.Rpa(), new EnvironmentOptions { RunId = "r1" });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => new EnvironmentRunner(driver, clock).StartAsync(plan, null, cancel.Token));

        await AssertEmptyAsync(driver);
    });

    [Fact]
    public void Progress_tells_each_step_of_each_container_in_order() => VirtualTime.Run(async clock =>
    {
        await using var driver = Healthy(clock);
        var progress = new Recording();

        await using (await StartAsync(driver, clock, ComposeProjects.Rpa(), progress))
        {
        }

        Assert.Equal(
            [
                ResourceState.Creating, ResourceState.Created, ResourceState.Waiting, ResourceState.Starting,
                ResourceState.Started, ResourceState.Ready, ResourceState.Removing, ResourceState.Removed,
            ],
            progress.Events.Where(e => e.Name == "rpa1-2").Select(e => e.State));
        Assert.Equal("db", progress.Events.First(e => e is { Name: "rpa1-2", State: ResourceState.Waiting }).Detail);
        Assert.True(
            progress.Events.Zip(progress.Events.Skip(1)).All(pair => pair.First.Elapsed <= pair.Second.Elapsed));
    });

    internal static async Task AssertEmptyAsync(SimulatedDriver driver)
    {
        Assert.Empty(await driver.Containers.ListAsync("seatrial.run", null, CancellationToken.None));
        Assert.Empty(await driver.Networks.ListAsync("seatrial.run", null, CancellationToken.None));
        Assert.Empty(await driver.Volumes.ListAsync("seatrial.run", null, CancellationToken.None));
    }

    internal static SimulatedDriver Healthy(TimeProvider clock) => new(clock)
    {
        Behaviours =
        {
            ["db"] = _healthyIn1s,
            ["rpa1"] = _healthyIn1s,
            ["rpa2"] = _healthyIn1s,
            ["rpa3"] = _healthyIn1s,
        },
    };

    internal static Task<RunningEnvironment> StartAsync(
        SimulatedDriver driver,
        TimeProvider clock,
        ComposeProject project,
        IProgress<EnvironmentEvent>? progress = null) =>
        new EnvironmentRunner(driver, clock).StartAsync(
            EnvironmentPlans.Plan(project, new EnvironmentOptions { RunId = "r1" }), progress, CancellationToken.None);

    private static ComposeService Waiting(string name, ComposeDependency dependency) =>
        ComposeProjects.Service(name) with { DependsOn = [dependency] };

    private sealed class Recording : IProgress<EnvironmentEvent>
    {
        public List<EnvironmentEvent> Events { get; } = [];

        public void Report(EnvironmentEvent value) => Events.Add(value);
    }
}
