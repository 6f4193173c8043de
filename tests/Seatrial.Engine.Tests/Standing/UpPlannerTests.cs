using Seatrial.Engine.Compose;
using Seatrial.Engine.Drivers;
using Seatrial.Engine.Environments;
using Seatrial.Engine.Standing;
using Seatrial.Testing;
using Seatrial.Testing.Simulation;
using static Seatrial.Engine.Tests.Standing.StandingProjects;

namespace Seatrial.Engine.Tests.Standing;

public sealed class UpPlannerTests
{
    private static readonly ComposeProject _project = ComposeProjects.Of(
        "p",
        ComposeProjects.Service("db"),
        ComposeProjects.Service("app") with
        {
            DependsOn = [new ComposeDependency("db", DependencyCondition.Started)],
        });

    [Fact]
    public void What_is_as_it_should_be_is_kept() => VirtualTime.Run(async clock =>
    {
        await using var driver = new SimulatedDriver(clock);
        var first = await UpAsync(driver, clock, _project);
        var second = await PlanAsync(driver, _project);

        Assert.Contains("Create db-1: not there yet", Changes(first));
        Assert.True(second.IsDone);
    });

    [Fact]
    public void A_changed_service_is_replaced_and_what_changed_is_named() => VirtualTime.Run(async clock =>
    {
        await using var driver = new SimulatedDriver(clock);
        await UpAsync(driver, clock, _project);
        var changed = With(_project.Services["app"] with { User = "1000", ReadOnly = true });

        Assert.Equal(["Replace app-1: changed: read_only, user"], Changes(await PlanAsync(driver, changed)));
    });

    [Fact]
    public void A_new_image_replaces_its_containers_only() => VirtualTime.Run(async clock =>
    {
        await using var driver = new SimulatedDriver(clock);
        await UpAsync(driver, clock, _project);
        var plan = await PlanAsync(
            driver, _project, images: new Dictionary<string, string> { ["app"] = "sha256:new" });

        Assert.Equal(["Replace app-1: its image changed"], Changes(plan));
    });

    [Fact]
    public void A_replacement_that_was_cut_short_is_put_right() => VirtualTime.Run(async clock =>
    {
        await using var driver = new SimulatedDriver(clock);
        var first = await UpAsync(driver, clock, _project);
        var renaming = (ICanRename)driver.Containers;
        await renaming.RenameAsync(await IdAsync(driver, "app"), "aside_p-app-1", CancellationToken.None);

        Assert.Equal(["Replace app-1: its replacement was cut short"], Changes(await PlanAsync(driver, _project)));

        await driver.Containers.CreateAsync(
            first.Environment.Containers.Single(one => one.Service == "app").Request, CancellationToken.None);
        Assert.Equal(
            [
                "Remove app-1: another has its place: a replacement was cut short",
                "Start app-1: it ended with exit code 0",
            ],
            Changes(await PlanAsync(driver, _project)));
        await UpAsync(driver, clock, _project);
        Assert.True((await PlanAsync(driver, _project)).IsDone);
    });

    [Fact]
    public void A_stopped_container_is_started_again() => VirtualTime.Run(async clock =>
    {
        await using var driver = new SimulatedDriver(clock);
        await UpAsync(driver, clock, _project);
        await ((ICanKill)driver.Containers).KillAsync(await IdAsync(driver, "app"), "SIGKILL", CancellationToken.None);

        Assert.Equal(["Start app-1: it ended with exit code 137"], Changes(await PlanAsync(driver, _project)));
    });

    [Fact]
    public void Orphans_and_surplus_containers_go() => VirtualTime.Run(async clock =>
    {
        await using var driver = new SimulatedDriver(clock);
        await UpAsync(driver, clock, _project, replicas: new Dictionary<string, int> { ["app"] = 3 });
        var without = ComposeProjects.Of("p", ComposeProjects.Service("app"));

        Assert.Equal(
            ["Remove app-2: app has 1 now", "Remove app-3: app has 1 now"],
            Changes(await PlanAsync(driver, _project)));
        var plan = await PlanAsync(driver, without);
        Assert.Contains("Remove db-1: the file has no service db any more", Changes(plan));
        Assert.DoesNotContain(
            "db", Changes(await PlanAsync(driver, without, new UpOptions { KeepOrphans = true })));
    });

    [Fact]
    public void A_service_of_which_none_is_wanted_goes() => VirtualTime.Run(async clock =>
    {
        await using var driver = new SimulatedDriver(clock);
        await UpAsync(driver, clock, _project);
        var plan = await PlanAsync(driver, _project, replicas: new Dictionary<string, int> { ["app"] = 0 });

        Assert.Equal(["Remove app-1: app has 0 now"], Changes(plan));
    });

    [Fact]
    public void Services_that_were_not_chosen_are_left_alone() => VirtualTime.Run(async clock =>
    {
        await using var driver = new SimulatedDriver(clock);
        await UpAsync(driver, clock, _project);
        var changed = With(_project.Services["app"] with { User = "1000" });

        Assert.True((await PlanAsync(driver, changed, chosen: ["db"])).IsDone);
    });

    [Fact]
    public void A_changed_network_is_made_anew_with_the_containers_on_it() => VirtualTime.Run(async clock =>
    {
        await using var driver = new SimulatedDriver(clock);
        var before = Networked(isInternal: false);
        await UpAsync(driver, clock, before);
        var plan = await PlanAsync(driver, Networked(isInternal: true));

        Assert.Equal(
            ["Replace p_net: its declaration changed", "Replace app-1: network p_net is made anew"], Changes(plan));
        await new ProjectRunner(driver, clock).UpAsync(plan, progress: null, CancellationToken.None);
        Assert.True((await PlanAsync(driver, Networked(isInternal: true))).IsDone);
    });

    [Fact]
    public void A_changed_volume_is_refused_for_its_content() => VirtualTime.Run(async clock =>
    {
        await using var driver = new SimulatedDriver(clock);
        await UpAsync(driver, clock, WithVolume("local"));

        var thrown = await Assert.ThrowsAsync<SeatrialException>(() => PlanAsync(driver, WithVolume("other")));

        Assert.Equal(ExitCode.Usage, thrown.ExitCode);
        Assert.Contains("down --volumes", Assert.Single(thrown.Problems).Fix, StringComparison.Ordinal);
    });

    [Fact]
    public void No_recreate_and_force_recreate_overrule_changes() => VirtualTime.Run(async clock =>
    {
        await using var driver = new SimulatedDriver(clock);
        await UpAsync(driver, clock, _project);
        var changed = With(_project.Services["app"] with { User = "1000" });

        Assert.True((await PlanAsync(driver, changed, new UpOptions { NoRecreate = true })).IsDone);
        Assert.Equal(
            ["Replace db-1: asked for", "Replace app-1: asked for"],
            Changes(await PlanAsync(driver, _project, new UpOptions { ForceRecreate = true })));
    });

    [Fact]
    public void A_project_of_another_tool_is_not_touched() => VirtualTime.Run(async clock =>
    {
        await using var driver = new SimulatedDriver(clock);
        await driver.Containers.CreateAsync(
            new ContainerRequest
            {
                Name = "p-db-1",
                Image = "postgres",
                Service = ComposeProjects.Service("db"),
                Labels = new Dictionary<string, string> { [RunLabels.Project] = "p" },
                Networks = new Dictionary<string, IReadOnlyList<string>>(),
                Mounts = [],
            },
            CancellationToken.None);

        var thrown = await Assert.ThrowsAsync<SeatrialException>(() => PlanAsync(driver, _project));

        Assert.Contains("p-db-1 is not Seatrial's", thrown.Message, StringComparison.Ordinal);
    });

    private static ComposeProject With(ComposeService service) => _project with
    {
        Services = new Dictionary<string, ComposeService>(_project.Services) { [service.Name] = service },
    };

    private static ComposeProject Networked(bool isInternal) => ComposeProjects.Of(
        "p",
        ComposeProjects.Service("app") with
        {
            Networks = new Dictionary<string, IReadOnlyList<string>> { ["net"] = [] },
        }) with
    {
        Networks = new Dictionary<string, ComposeNetwork> { ["net"] = new() { Internal = isInternal } },
    };

    private static ComposeProject WithVolume(string volumeDriver) => ComposeProjects.Of(
        "p",
        ComposeProjects.Service("app") with { Mounts = [new ComposeMount(MountKind.Volume, "data", "/data")] }) with
    {
        Volumes = new Dictionary<string, ComposeVolume> { ["data"] = new() { Driver = volumeDriver } },
    };

    private static async Task<string> IdAsync(SimulatedDriver driver, string service) =>
        (await driver.Containers.ListAsync(RunLabels.Service, service, CancellationToken.None)).Single().Id;
}
