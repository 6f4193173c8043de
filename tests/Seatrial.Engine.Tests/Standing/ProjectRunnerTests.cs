using Seatrial.Engine.Compose;
using Seatrial.Engine.Standing;
using Seatrial.Testing;
using Seatrial.Testing.Simulation;
using static Seatrial.Engine.Tests.Standing.StandingProjects;

namespace Seatrial.Engine.Tests.Standing;

public sealed class ProjectRunnerTests
{
    private static readonly ComposeProject _project = ComposeProjects.Of(
        "p",
        ComposeProjects.Service("db"),
        ComposeProjects.Service("app") with
        {
            DependsOn = [new ComposeDependency("db", DependencyCondition.Healthy)],
        });

    [Fact]
    public void A_replaced_container_works_until_its_successor_can_start() => VirtualTime.Run(async clock =>
    {
        await using var driver = Driver(clock);
        await UpAsync(driver, clock, _project);
        var before = driver.Journal.Count;

        await UpAsync(driver, clock, _project, new UpOptions { ForceRecreate = true });

        Assert.Equal(
            [
                "rename 000000000001_p-db-1", "create p-db-1", "stop 000000000001_p-db-1",
                "die 0 000000000001_p-db-1", "start p-db-1", "remove 000000000001_p-db-1", "Healthy p-db-1",
                "rename 000000000002_p-app-1", "create p-app-1", "stop 000000000002_p-app-1",
                "die 0 000000000002_p-app-1", "start p-app-1", "remove 000000000002_p-app-1",
            ],
            driver.Journal.Skip(before).Select(entry => $"{entry.Verb} {entry.Name}"));
    });

    [Fact]
    public void What_failed_stays_for_a_look_and_the_next_up_mends_it() => VirtualTime.Run(async clock =>
    {
        await using var driver = Driver(clock);
        var healthy = driver.Behaviours["db"];
        driver.Behaviours["db"] = healthy with { DiesAfter = TimeSpan.FromSeconds(0.5), ExitCode = 1 };
        await Assert.ThrowsAsync<SeatrialException>(() => UpAsync(driver, clock, _project));
        var left = await StandingProject.ObserveAsync(driver, "p", CancellationToken.None);
        driver.Behaviours["db"] = healthy;

        var plan = await UpAsync(driver, clock, _project, new UpOptions { ForceRecreate = true });

        Assert.Equal(["app-1", "db-1"], left.Containers.Select(container => container.ShortName));
        Assert.False(plan.IsDone);
        Assert.True((await PlanAsync(driver, _project)).IsDone);
    });

    [Fact]
    public void Down_stops_dependents_first_and_keeps_volumes_unless_told() => VirtualTime.Run(async clock =>
    {
        await using var driver = Driver(clock);
        var project = _project with
        {
            Services = new Dictionary<string, ComposeService>(_project.Services)
            {
                ["db"] = _project.Services["db"] with
                {
                    Mounts = [new ComposeMount(MountKind.Volume, "data", "/data")],
                },
            },
        };
        await UpAsync(driver, clock, project);
        var runner = new ProjectRunner(driver, clock);

        Assert.Empty(await runner.DownAsync(await SeenAsync(), null, withVolumes: false, null, CancellationToken.None));

        Assert.Equal(
            ["stop p-app-1", "stop p-db-1"],
            driver.Journal.Where(entry => entry.Verb == "stop").Select(entry => $"{entry.Verb} {entry.Name}"));
        var left = await SeenAsync();
        Assert.Empty(left.Containers);
        Assert.Single(left.Volumes);
        await runner.DownAsync(left, null, withVolumes: true, null, CancellationToken.None);
        Assert.Empty((await SeenAsync()).Volumes);

        Task<StandingProject> SeenAsync() => StandingProject.ObserveAsync(driver, "p", CancellationToken.None);
    });

    private static SimulatedDriver Driver(TimeProvider clock) => new(clock)
    {
        Behaviours = { ["db"] = new SimulatedBehaviour { HealthyAfter = TimeSpan.FromSeconds(1) } },
    };
}
