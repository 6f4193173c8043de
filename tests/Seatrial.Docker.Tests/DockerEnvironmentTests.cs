using Seatrial.Engine;
using Seatrial.Engine.Compose;
using Seatrial.Engine.Drivers;
using Seatrial.Engine.Environments;
using Seatrial.Testing;

namespace Seatrial.Docker.Tests;

[Trait("Needs", "Docker")]
public sealed class DockerEnvironmentTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_system_comes_up_in_order_has_one_replaced_and_goes_without_a_trace()
    {
        var driver = await TestEngine.DriverAsync();
        var plan = PlanOf(System());
        await using var environment = await StartAsync(driver, plan);
        var old = environment.Containers.Single(container => container.ShortName == "rpa1-2");

        var replacement = await environment.ReplaceAsync(old, Token);
        var problems = await environment.TearDownAsync(TearDown.Fast);

        Assert.Empty(problems);
        Assert.Contains("rpa1 is up", replacement.Dead.Lines);
        Assert.NotEqual(old.Id, replacement.New.Id);
        Assert.NotEmpty(replacement.New.Addresses);
        var kinds = await environment.WatchAsync(Token)
            .Where(told => told.Kind is EngineEventKind.Started or EngineEventKind.Healthy)
            .Select(told => (Service: told.Labels[RunLabels.Service], told.Kind))
            .ToListAsync(Token);
        Assert.Equal([("db", EngineEventKind.Started), ("db", EngineEventKind.Healthy)], kinds.Take(2));
        await AssertEmptyAsync(driver, plan.RunId);
    }

    [Fact]
    public async Task A_container_that_dies_at_the_start_tells_its_code_and_output_and_nothing_stays()
    {
        var driver = await TestEngine.DriverAsync();
        var plan = PlanOf(System(Service("rpa2", "echo no configuration >&2; exit 78", "db")));

        var thrown = await Assert.ThrowsAsync<SeatrialException>(() => StartAsync(driver, plan));

        var problem = Assert.Single(thrown.Problems);
        Assert.Equal("rpa2-1 ended with exit code 78 while it started.", problem.What);
        Assert.Equal(["no configuration"], problem.Output);
        await AssertEmptyAsync(driver, plan.RunId);
    }

    [Fact]
    public async Task What_the_kernel_kills_for_its_memory_is_said_to_be()
    {
        var driver = await TestEngine.DriverAsync();
        var greedy = Service("greedy", "tail /dev/zero") with { Limits = new ComposeLimits { Memory = 16 << 20 } };

        var thrown = await Assert.ThrowsAsync<SeatrialException>(() => StartAsync(driver, PlanOf(System(greedy))));

        var problem = Assert.Single(thrown.Problems);
        Assert.StartsWith("greedy-1 ended with exit code", problem.What);
        Assert.StartsWith("The kernel killed it: out of memory.", problem.Why);
    }

    [Fact]
    public async Task Cancelled_in_the_middle_nothing_stays()
    {
        var driver = await TestEngine.DriverAsync();
        var plan = PlanOf(System());
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new EnvironmentRunner(driver, TimeProvider.System)
            .StartAsync(plan, new ActAt(ResourceState.Starting, cancel.Cancel), cancel.Token));

        await AssertEmptyAsync(driver, plan.RunId);
    }

    [Theory]
    [InlineData(ResourceState.Creating)]
    [InlineData(ResourceState.Starting)]
    [InlineData(ResourceState.Ready)]
    public async Task An_engine_that_goes_away_in_the_middle_is_told_and_the_next_sweep_removes_what_is_left(
        ResourceState moment)
    {
        var driver = await TestEngine.DriverAsync();
        await using var proxy = new SocketProxy((TestEngine.Host ?? "unix:///var/run/docker.sock")["unix://".Length..]);
        await using var lost = await DockerDriver.ConnectAsync(proxy.Address, TimeProvider.System, Token);
        var plan = EnvironmentPlans.Plan(
            ComposeProjects.Of("test", System()),
            new EnvironmentOptions { RunId = TestEngine.NewRunId(), Owner = RunOwner.Current with { StartedAt = 1 } });

        var thrown = await Assert.ThrowsAsync<SeatrialException>(() => new EnvironmentRunner(lost, TimeProvider.System)
            .StartAsync(plan, new ActAt(moment, proxy.Vanish), Token));

        Assert.Equal(ExitCode.Unavailable, thrown.ExitCode);
        Assert.Contains(thrown.Problems, problem => problem.What == "No container engine answers.");
        await SweepAsync(driver);
        await AssertEmptyAsync(driver, plan.RunId);
    }

    [Fact]
    public async Task Two_runs_of_one_file_do_not_disturb_each_other()
    {
        var driver = await TestEngine.DriverAsync();
        var plans = new[] { PlanOf(System()), PlanOf(System()) };

        var environments = await Task.WhenAll(plans.Select(plan => StartAsync(driver, plan)));
        await environments[0].DisposeAsync();

        await AssertEmptyAsync(driver, plans[0].RunId);
        Assert.All(
            await driver.Containers.ListAsync(RunLabels.Run, plans[1].RunId, Token),
            container => Assert.True(container.Running));
        await environments[1].DisposeAsync();
    }

    [Fact]
    public async Task What_a_killed_process_left_behind_is_swept_and_what_a_living_one_has_stays()
    {
        var driver = await TestEngine.DriverAsync();
        // A real process of this host, to be the owner of a run and to be killed: a container's.
        await using var owner = await StartAsync(driver, PlanOf([Service("owner", "sleep 1000")]));
        var state = await driver.Containers.InspectAsync(owner.Containers[0].Id, Token);
        Assert.NotNull(state);
        var abandoned = EnvironmentPlans.Plan(
            ComposeProjects.Of("test", System()),
            new EnvironmentOptions { RunId = TestEngine.NewRunId(), Owner = RunOwner.Of(state.ProcessId) });
        await using var left = await StartAsync(driver, abandoned);
        Assert.DoesNotContain(abandoned.RunId, (await SweepAsync(driver)).Runs);

        await ((ICanKill)driver.Containers).KillAsync(state.Id, "SIGKILL", Token);
        await owner.WatchAsync(Token).FirstAsync(told => told.Kind is EngineEventKind.Died, Token);
        var swept = await SweepAsync(driver);

        Assert.Contains(abandoned.RunId, swept.Runs);
        Assert.DoesNotContain(owner.Plan.RunId, swept.Runs);
        await AssertEmptyAsync(driver, abandoned.RunId);
    }

    private static Task<SweepResult> SweepAsync(DockerDriver driver) =>
        Sweeper.SweepAsync(driver, RunOwner.Current, Token);

    private static async Task AssertEmptyAsync(DockerDriver driver, string runId)
    {
        Assert.Empty(await driver.Containers.ListAsync(RunLabels.Run, runId, Token));
        Assert.Empty(await driver.Networks.ListAsync(RunLabels.Run, runId, Token));
        Assert.Empty(await driver.Volumes.ListAsync(RunLabels.Run, runId, Token));
    }

    /// <summary>A database with a volume, two of one worker, and what the test adds.</summary>
    private static ComposeService[] System(params ComposeService[] more) =>
    [
        Service("db", "sleep 1000") with { Mounts = [new ComposeMount(MountKind.Volume, "db", "/data")] },
        Service("rpa1", "echo rpa1 is up; sleep 1000", "db") with { Replicas = 2 },
        .. more,
    ];

    private static ComposeService Service(string name, string script, params string[] needs) =>
        ComposeProjects.Service(name, needs) with
        {
            Command = ["sh", "-c", $"touch /tmp/ready; {script}"],
            Healthcheck = new ComposeHealthcheck
            {
                Test = ["CMD", "test", "-e", "/tmp/ready"],
                Interval = TimeSpan.FromMilliseconds(200),
                Timeout = TimeSpan.FromSeconds(20),
                Retries = 20,
            },
        };

    private static EnvironmentPlan PlanOf(ComposeService[] services) =>
        EnvironmentPlans.Plan(
            ComposeProjects.Of("test", services), new EnvironmentOptions { RunId = TestEngine.NewRunId() });

    private static Task<RunningEnvironment> StartAsync(DockerDriver driver, EnvironmentPlan plan) =>
        new EnvironmentRunner(driver, TimeProvider.System).StartAsync(plan, progress: null, Token);

    private sealed class ActAt(ResourceState state, Action act) : IProgress<EnvironmentEvent>
    {
        public void Report(EnvironmentEvent value)
        {
            if (value.State == state && value.Kind is ResourceKind.Container)
            {
                act();
            }
        }
    }
}
