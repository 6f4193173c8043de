using Seatrial.Engine.Compose;
using Seatrial.Engine.Drivers;
using Seatrial.Engine.Environments;
using Seatrial.Testing;
using Seatrial.Testing.Simulation;

namespace Seatrial.Engine.Tests.Environments;

public sealed class RunningEnvironmentTests
{
    [Fact]
    public void A_replacement_is_new_and_healthy_and_the_old_ones_output_is_kept() => VirtualTime.Run(async clock =>
    {
        await using var driver = EnvironmentRunnerTests.Healthy(clock);
        driver.Behaviours["rpa1"] = driver.Behaviours["rpa1"] with { Output = ["last words"] };
        await using var environment = await StartAsync(driver, clock);
        var old = environment.Containers.Single(container => container.ShortName == "rpa1-1");
        await ((ICanKill)driver.Containers).KillAsync(old.Id, "SIGKILL", CancellationToken.None);

        var replacement = await environment.ReplaceAsync(old, CancellationToken.None);

        Assert.Equal(["last words"], replacement.Dead.Lines);
        Assert.Equal(
            (old.Name, "rpa1-1b", old.Place), (replacement.New.Name, replacement.New.ShortName, replacement.New.Place));
        Assert.NotEqual(old.Id, replacement.New.Id);
        Assert.Contains(replacement.New, environment.Containers);
        Assert.DoesNotContain(old, environment.Containers);
        Assert.Equal(old, environment.Find(old.Id[..12]));
        var outputs = await environment.OutputsAsync(CancellationToken.None).ToListAsync();
        Assert.Equal(6, outputs.Count);
        Assert.Contains(outputs, output => output.Container == old && output.Lines is ["last words"]);
    });

    [Fact]
    public void A_container_can_be_replaced_once() => VirtualTime.Run(async clock =>
    {
        await using var driver = EnvironmentRunnerTests.Healthy(clock);
        await using var environment = await StartAsync(driver, clock);
        var old = environment.Containers[1];
        await environment.ReplaceAsync(old, CancellationToken.None);

        await Assert.ThrowsAsync<ArgumentException>(() => environment.ReplaceAsync(old, CancellationToken.None));
    });

    [Fact]
    public void A_replacement_that_dies_is_told_and_goes_with_the_rest() => VirtualTime.Run(async clock =>
    {
        await using var driver = EnvironmentRunnerTests.Healthy(clock);
        var environment = await StartAsync(driver, clock);
        driver.Behaviours["rpa2"] = new SimulatedBehaviour { DiesAfter = TimeSpan.Zero, ExitCode = 9 };
        var old = environment.Containers.Single(container => container.Service == "rpa2");

        var thrown = await Assert.ThrowsAsync<SeatrialException>(
            () => environment.ReplaceAsync(old, CancellationToken.None));

        Assert.Equal("rpa2-1 ended with exit code 9 while it started.", Assert.Single(thrown.Problems).What);
        await environment.DisposeAsync();
        await EnvironmentRunnerTests.AssertEmptyAsync(driver);
    });

    [Fact]
    public void A_container_is_found_by_its_host_name_replaced_or_not() => VirtualTime.Run(async clock =>
    {
        await using var driver = EnvironmentRunnerTests.Healthy(clock);
        await using var environment = await StartAsync(driver, clock);

        Assert.All(environment.Containers, container => Assert.Equal(container, environment.Find(container.Id[..12])));
        Assert.Null(environment.Find("ffffffffffff"));
        Assert.Null(environment.Find("0"));
        Assert.Null(environment.Find(""));
    });

    [Fact]
    public void Whoever_watches_late_still_sees_every_event() => VirtualTime.Run(async clock =>
    {
        await using var driver = EnvironmentRunnerTests.Healthy(clock);
        var environment = await StartAsync(driver, clock);
        var watched = environment.WatchAsync(CancellationToken.None).ToListAsync();

        await environment.TearDownAsync(TearDown.Fast);

        var events = await watched;
        Assert.Equal(
            [
                EngineEventKind.Created, EngineEventKind.Started, EngineEventKind.Healthy, EngineEventKind.Died,
                EngineEventKind.Removed,
            ],
            events.Where(e => e.Labels["com.docker.compose.service"] == "db").Select(e => e.Kind));
    });

    [Fact]
    public void Torn_down_gracefully_each_stops_after_its_dependents() => VirtualTime.Run(async clock =>
    {
        await using var driver = EnvironmentRunnerTests.Healthy(clock);
        var environment = await StartAsync(driver, clock);

        Assert.Empty(await environment.TearDownAsync(TearDown.Graceful));

        var stops = driver.Journal.Where(entry => entry.Verb == "stop").ToList();
        Assert.Equal(5, stops.Count);
        Assert.Equal("rpa-r1-db-1", stops[^1].Name);
        Assert.Single(stops.Take(4).Select(stop => stop.At).Distinct());
        Assert.True(stops[^1].At >= stops[0].At + TimeSpan.FromMilliseconds(50));
        await EnvironmentRunnerTests.AssertEmptyAsync(driver);
    });

    [Fact]
    public void Torn_down_fast_all_are_killed_at_once() => VirtualTime.Run(async clock =>
    {
        await using var driver = EnvironmentRunnerTests.Healthy(clock);
        var environment = await StartAsync(driver, clock);

        Assert.Empty(await environment.TearDownAsync(TearDown.Fast));

        var kills = driver.Journal.Where(entry => entry.Verb == "kill").ToList();
        Assert.Equal(5, kills.Count);
        Assert.Single(kills.Select(kill => kill.At).Distinct());
        await EnvironmentRunnerTests.AssertEmptyAsync(driver);
    });

    [Fact]
    public void A_removal_that_fails_is_told_and_keeps_none_of_the_others_back() => VirtualTime.Run(async clock =>
    {
        var refusal = new Problem { What = "Device or resource busy.", Where = "engine", Fix = "Wait." };
        var driver = EnvironmentRunnerTests.Healthy(clock);
        driver.Behaviours["rpa2"] = driver.Behaviours["rpa2"] with { RemoveRefused = refusal };
        var environment = await StartAsync(driver, clock);

        var problems = await environment.TearDownAsync(TearDown.Graceful);

        Assert.Equal(
            ["Could not remove container rpa-r1-rpa2-1.", "Could not remove network rpa-r1_data."],
            problems.Select(problem => problem.What).Take(2));
        Assert.Equal("Device or resource busy.", problems[0].Why);
        Assert.Single(await driver.Containers.ListAsync("seatrial.run", null, CancellationToken.None));
    });

    [Fact]
    public void A_kept_environment_outlives_its_disposal() => VirtualTime.Run(async clock =>
    {
        await using var driver = EnvironmentRunnerTests.Healthy(clock);
        var options = new EnvironmentOptions { RunId = "r1", Keep = true };
        var plan = EnvironmentPlans.Plan(ComposeProjects.Rpa(), options);
        var environment = await new EnvironmentRunner(driver, clock).StartAsync(plan, null, CancellationToken.None);

        await environment.DisposeAsync();

        Assert.Equal(5, (await driver.Containers.ListAsync("seatrial.run", "r1", CancellationToken.None)).Count);
    });

    [Fact]
    public void A_volume_that_was_there_before_stays() => VirtualTime.Run(async clock =>
    {
        await using var driver = EnvironmentRunnerTests.Healthy(clock);
        var labels = new Dictionary<string, string> { ["mine"] = "1" };
        await driver.Volumes.CreateAsync(
            new VolumeRequest("data", new ComposeVolume(), labels), CancellationToken.None);

        await (await StartAsync(driver, clock)).DisposeAsync();

        Assert.Single(await driver.Volumes.ListAsync("mine", "1", CancellationToken.None));
    });

    private static Task<RunningEnvironment> StartAsync(SimulatedDriver driver, TimeProvider clock) =>
        EnvironmentRunnerTests.StartAsync(driver, clock, ComposeProjects.Rpa());
}
