using Seatrial.Engine.Compose;
using Seatrial.Engine.Drivers;
using Seatrial.Engine.Environments;
using Seatrial.Testing;
using Seatrial.Testing.Simulation;

namespace Seatrial.Engine.Tests.Environments;

public sealed class SweeperTests
{
    private static readonly RunOwner _dead = RunOwner.Current with { StartedAt = RunOwner.Current.StartedAt - 1 };
    private static readonly RunOwner _elsewhere = RunOwner.Current with { Host = "elsewhere" };

    [Fact]
    public void A_run_whose_process_is_gone_is_removed_whole() => VirtualTime.Run(async clock =>
    {
        await using var driver = new SimulatedDriver(clock);
        await LeaveBehindAsync(driver, _dead);

        var swept = await Sweeper.SweepAsync(driver, RunOwner.Current, CancellationToken.None);

        Assert.Equal(
            "swept 5 containers, 1 networks and 1 volumes of r1, whose program is gone", swept.ToString());
        Assert.Empty(swept.Problems);
        await EnvironmentRunnerTests.AssertEmptyAsync(driver);
    });

    [Fact]
    public void A_run_of_a_living_process_is_left_alone() => VirtualTime.Run(async clock =>
    {
        await using var driver = new SimulatedDriver(clock);
        await LeaveBehindAsync(driver, RunOwner.Current);

        await AssertLeftAloneAsync(driver);
    });

    [Fact]
    public void A_kept_run_is_left_alone() => VirtualTime.Run(async clock =>
    {
        await using var driver = new SimulatedDriver(clock);
        await LeaveBehindAsync(driver, _dead, keep: true);

        await AssertLeftAloneAsync(driver);
    });

    [Fact]
    public void A_run_of_another_host_is_left_alone_for_a_day() => VirtualTime.Run(async clock =>
    {
        await using var driver = new SimulatedDriver(clock);
        await LeaveBehindAsync(driver, _elsewhere);

        await AssertLeftAloneAsync(driver);
    });

    [Fact]
    public void A_run_of_another_host_is_removed_after_a_day()
    {
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        var driver = new SimulatedDriver(clock);
        var labels = new Dictionary<string, string>
        {
            ["seatrial.run"] = "r1",
            ["seatrial.owner"] = _elsewhere.ToString(),
        };
        var request = new VolumeRequest("v", new ComposeVolume(), labels);
        Assert.True(driver.Volumes.CreateAsync(request, CancellationToken.None).IsCompletedSuccessfully);

        clock.Advance(TimeSpan.FromHours(24) + TimeSpan.FromSeconds(1));
        var swept = Sweeper.SweepAsync(driver, RunOwner.Current, CancellationToken.None);

        Assert.True(swept.IsCompletedSuccessfully);
        Assert.Equal(["remove volume v"], driver.Journal.Skip(1).Select(entry => entry.ToString()));
    }

    [Fact]
    public void What_bears_no_label_of_a_run_is_left_alone() => VirtualTime.Run(async clock =>
    {
        await using var driver = new SimulatedDriver(clock);
        var labels = new Dictionary<string, string> { ["com.docker.compose.project"] = "rpa" };
        await driver.Volumes.CreateAsync(
            new VolumeRequest("mine", new ComposeVolume(), labels), CancellationToken.None);

        var swept = await Sweeper.SweepAsync(driver, RunOwner.Current, CancellationToken.None);

        Assert.Equal("", swept.ToString());
        Assert.Single(await driver.Volumes.ListAsync("com.docker.compose.project", "rpa", CancellationToken.None));
    });

    private static async Task AssertLeftAloneAsync(SimulatedDriver driver)
    {
        var swept = await Sweeper.SweepAsync(driver, RunOwner.Current, CancellationToken.None);

        Assert.Equal("", swept.ToString());
        Assert.Equal(5, (await driver.Containers.ListAsync("seatrial.run", "r1", CancellationToken.None)).Count);
        Assert.Single(await driver.Networks.ListAsync("seatrial.run", "r1", CancellationToken.None));
        Assert.Single(await driver.Volumes.ListAsync("seatrial.run", "r1", CancellationToken.None));
    }

    /// <summary>As a program that is killed would: its objects stay, nobody waits for them.</summary>
    private static async Task LeaveBehindAsync(SimulatedDriver driver, RunOwner owner, bool keep = false)
    {
        var options = new EnvironmentOptions { RunId = "r1", Owner = owner, Keep = keep };
        var plan = EnvironmentPlans.Plan(ComposeProjects.Rpa(), options);
        await driver.Networks.CreateAsync(plan.Networks[0], CancellationToken.None);
        await driver.Volumes.CreateAsync(plan.Volumes[0], CancellationToken.None);
        foreach (var container in plan.Containers)
        {
            await driver.Containers.StartAsync(
                await driver.Containers.CreateAsync(container.Request, CancellationToken.None), CancellationToken.None);
        }
    }
}
