using Seatrial.Engine.Compose;
using Seatrial.Engine.Standing;
using Seatrial.Testing;
using Seatrial.Testing.Simulation;
using static Seatrial.Engine.Tests.Standing.StandingProjects;

namespace Seatrial.Engine.Tests.Standing;

public sealed class ServiceUpdateTests
{
    private static readonly SimulatedBehaviour _good = new() { HealthyAfter = TimeSpan.FromSeconds(1) };
    private static readonly SimulatedBehaviour _bad = _good with
    {
        DiesAfter = TimeSpan.FromSeconds(0.5),
        ExitCode = 3,
    };

    [Fact]
    public void So_many_are_replaced_at_a_time_and_the_delay_lies_between() => VirtualTime.Run(async clock =>
    {
        await using var driver = await UpAsync(clock, replicas: 5);
        var began = driver.Journal.Count;
        var at = driver.Journal[^1].At;

        await ReplaceAsync(driver, clock, 5, new ComposeUpdate { Parallelism = 2, Delay = TimeSpan.FromSeconds(10) });

        Assert.Equal(
            [("p-app-1", 0), ("p-app-2", 0), ("p-app-3", 11), ("p-app-4", 11), ("p-app-5", 22)],
            driver.Journal.Skip(began)
                .Where(entry => entry.Verb is "start")
                .Select(entry => (entry.Name, (int)Math.Floor((entry.At - at).TotalSeconds)))
                .Order());
        await AssertAllAsync(driver, 5, "new");
    });

    [Fact]
    public void Start_first_stops_the_old_one_only_when_the_new_one_is_healthy() => VirtualTime.Run(async clock =>
    {
        await using var driver = await UpAsync(clock, replicas: 1);
        var began = driver.Journal.Count;

        await ReplaceAsync(driver, clock, 1, new ComposeUpdate { Order = "start-first" });

        Assert.Equal(
            ["rename", "create", "start", "Healthy", "stop", "die 0", "remove"],
            driver.Journal.Skip(began).Select(entry => entry.Verb));
    });

    [Fact]
    public void Where_start_first_fails_the_old_one_never_stopped() => VirtualTime.Run(async clock =>
    {
        await using var driver = await UpAsync(clock, replicas: 1);
        driver.Behaviours["app"] = _bad;
        var began = driver.Journal.Count;

        var thrown = await Assert.ThrowsAsync<SeatrialException>(
            () => ReplaceAsync(driver, clock, 1, new ComposeUpdate { Order = "start-first" }));

        Assert.DoesNotContain(driver.Journal.Skip(began), entry => entry.Verb is "stop");
        Assert.Contains("app-1 ended with exit code 3", thrown.Message, StringComparison.Ordinal);
        await AssertAllAsync(driver, 1, "old");
    });

    [Fact]
    public void A_pause_stops_at_the_first_failure_and_leaves_the_others_as_they_are() => VirtualTime.Run(async clock =>
    {
        await using var driver = await UpAsync(clock, replicas: 3);
        driver.Behaviours["app"] = _bad;

        var thrown = await Assert.ThrowsAsync<SeatrialException>(
            () => ReplaceAsync(driver, clock, 3, new ComposeUpdate()));

        Assert.Contains(thrown.Problems, problem => problem.What is "The update of app stopped.");
        Assert.Contains(
            thrown.Problems,
            problem => problem.Why?.Contains("app-1 failed, 1 of 3", StringComparison.Ordinal) is true);
        var seen = await SeenAsync(driver);
        Assert.Equal(
            [("app-1", "new", false), ("app-2", "old", true), ("app-3", "old", true)],
            seen.Containers.Select(one => (one.ShortName, one.State.Image, one.State.Running)));
    });

    [Fact]
    public void A_roll_back_brings_back_the_very_containers_of_before() => VirtualTime.Run(async clock =>
    {
        await using var driver = await UpAsync(clock, replicas: 3);
        var before = await SeenAsync(driver);
        var policy = new ComposeUpdate { FailureAction = "rollback", Monitor = TimeSpan.FromSeconds(30) };
        driver.Behaviours["app"] = _good with { DiesAfter = TimeSpan.FromSeconds(20), ExitCode = 3 };
        var began = driver.Journal.Count;

        var thrown = await Assert.ThrowsAsync<SeatrialException>(() => ReplaceAsync(driver, clock, 3, policy));

        Assert.Equal(ExitCode.Unavailable, thrown.ExitCode);
        Assert.StartsWith("app-1 ended with exit code 3", thrown.Problems[0].What, StringComparison.Ordinal);
        Assert.Contains(
            thrown.Problems, problem => problem.What is "app was rolled back: app-1, app-2, app-3 run as before.");
        var after = await SeenAsync(driver);
        Assert.Equal(
            before.Containers.Select(one => (one.State.Id, one.State.Name)),
            after.Containers.Select(one => (one.State.Id, one.State.Name)));
        Assert.All(after.Containers, one => Assert.True(one.State.Running));
        Assert.Equal(3, driver.Journal.Skip(began).Count(entry => entry.Verb is "create"));
    });

    [Fact]
    public void So_many_failures_are_tolerated_as_the_ratio_says() => VirtualTime.Run(async clock =>
    {
        await using var driver = await UpAsync(clock, replicas: 4);
        driver.Behaviours["app"] = _bad;

        var thrown = await Assert.ThrowsAsync<SeatrialException>(
            () => ReplaceAsync(driver, clock, 4, new ComposeUpdate { MaxFailureRatio = 0.5 }));

        Assert.Contains(thrown.Problems, problem => problem.Why?.Contains("3 of 4", StringComparison.Ordinal) is true);
        Assert.Equal(["new", "new", "new", "old"], (await SeenAsync(driver)).Containers.Select(one => one.State.Image));
    });

    [Fact]
    public void To_continue_is_to_replace_all_whatever_fails() => VirtualTime.Run(async clock =>
    {
        await using var driver = await UpAsync(clock, replicas: 3);
        driver.Behaviours["app"] = _bad;

        await ReplaceAsync(driver, clock, 3, new ComposeUpdate { FailureAction = "continue" });

        Assert.All((await SeenAsync(driver)).Containers, one => Assert.Equal("new", one.State.Image));
    });

    [Fact]
    public void A_creation_that_is_refused_leaves_the_old_one_at_work() => VirtualTime.Run(async clock =>
    {
        await using var driver = await UpAsync(clock, replicas: 1);
        driver.Behaviours["app"] = _good with
        {
            CreateRefused = new Problem { What = "No.", Where = "here", Fix = "Do." },
        };

        await Assert.ThrowsAsync<SeatrialException>(() => ReplaceAsync(driver, clock, 1, policy: null));

        await AssertAllAsync(driver, 1, "old");
        driver.Behaviours["app"] = _good;
        await ReplaceAsync(driver, clock, 1, policy: null);
        await AssertAllAsync(driver, 1, "new");
    });

    [Fact]
    public void A_plan_shows_the_waves() => VirtualTime.Run(async clock =>
    {
        await using var driver = await UpAsync(clock, replicas: 3);
        var policy = new ComposeUpdate { Parallelism = 2, Delay = TimeSpan.FromSeconds(5), Order = "start-first" };

        var plan = await PlanAsync(
            driver, Project(policy, 3), images: new Dictionary<string, string> { ["app"] = "new" });

        Assert.Equal(
            ["wave 1 of 2, start-first", "wave 1 of 2, start-first", "wave 2 of 2, 5 s later, start-first"],
            plan.Steps.Select(step => step.Wave).OfType<string>());
    });

    [Fact]
    public void How_containers_give_way_is_no_reason_to_replace_them() => VirtualTime.Run(async clock =>
    {
        await using var driver = await UpAsync(clock, replicas: 2);

        Assert.True((await PlanAsync(
            driver,
            Project(new ComposeUpdate { Parallelism = 0 }, 2),
            images: new Dictionary<string, string> { ["app"] = "old" })).IsDone);
    });

    private static ComposeProject Project(ComposeUpdate? policy, int replicas) => ComposeProjects.Of(
        "p",
        ComposeProjects.Service("app") with { Replicas = replicas, Deploy = new ComposeDeploy { Update = policy } });

    private static async Task<SimulatedDriver> UpAsync(TimeProvider clock, int replicas)
    {
        var driver = new SimulatedDriver(clock) { Behaviours = { ["app"] = _good } };
        await RunAsync(driver, clock, Project(null, replicas), "old");
        return driver;
    }

    private static Task ReplaceAsync(SimulatedDriver driver, TimeProvider clock, int replicas, ComposeUpdate? policy) =>
        RunAsync(driver, clock, Project(policy, replicas), "new");

    private static async Task RunAsync(SimulatedDriver driver, TimeProvider clock, ComposeProject project, string image)
    {
        var plan = await PlanAsync(driver, project, images: new Dictionary<string, string> { ["app"] = image });
        await new ProjectRunner(driver, clock).UpAsync(plan, progress: null, CancellationToken.None);
    }

    private static Task<StandingProject> SeenAsync(SimulatedDriver driver) =>
        StandingProject.ObserveAsync(driver, "p", CancellationToken.None);

    private static async Task AssertAllAsync(SimulatedDriver driver, int count, string image) => Assert.Equal(
        Enumerable.Range(1, count).Select(number => ($"p-app-{number}", image, true)),
        (await SeenAsync(driver)).Containers.Select(one => (one.State.Name, one.State.Image, one.State.Running)));
}
