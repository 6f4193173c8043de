using Seatrial.Engine;
using Seatrial.Engine.Drivers;
using Xunit;

namespace Seatrial.Testing;

/// <summary>
/// What every driver has to do, whatever it drives. A driver's tests run each of <see cref="Behaviours"/> with a driver
/// of theirs; the services, with their commands for drivers that run something, are <see cref="ConformanceServices"/>.
/// </summary>
public sealed class DriverConformance(Func<Task<IContainerDriver>> connect)
{
    private static readonly Dictionary<string, Func<ConformanceRun, Task>> _behaviours = new()
    {
        ["A created container runs when it is started"] = StartsAsync,
        ["What was asked for is what is listed and inspected"] = ShowsAsync,
        ["A container's events come in order, with labels and exit code"] = TellsAsync,
        ["Events from before the subscription are told"] = TellsWhatWasAsync,
        ["A watch ends by its cancellation"] = EndsWatchAsync,
        ["Health turns and is told"] = TurnsHealthyAsync,
        ["Illness turns, is told, and keeps its probes' output"] = TurnsUnhealthyAsync,
        ["Output outlives the process, oldest line first"] = KeepsOutputAsync,
        ["A removal lets a process end by itself in time"] = StopsAsync,
        ["A removal kills a process that does not end in time"] = StopsStubbornAsync,
        ["What is gone can be removed again"] = RemovesTwiceAsync,
        ["What never was is null"] = KnowsNothingAsync,
        ["A name can't be had twice"] = RefusesNameAsync,
        ["A container is on all of its networks"] = ConnectsAsync,
        ["Networks and volumes are listed by label"] = ListsObjectsAsync,
        ["A paused container is one until it is woken"] = PausesAsync,
        ["A paused container can be removed"] = RemovesPausedAsync,
        ["A killed container dies by the signal"] = KillsAsync,
    };

    /// <summary>By name.</summary>
    public static IEnumerable<string> Behaviours => _behaviours.Keys;

    /// <summary>Runs one of the behaviours, and removes what it made.</summary>
    public async Task RunAsync(string behaviour, CancellationToken cancellationToken)
    {
        await using var run = await ConformanceRun.BeginAsync(await connect(), cancellationToken);
        await _behaviours[behaviour](run);
    }

    private static async Task StartsAsync(ConformanceRun run)
    {
        var id = await run.CreateAsync(ConformanceServices.Steady);
        Assert.False((await run.StateAsync(id)).Running);

        await run.Containers.StartAsync(id, run.Token);

        var state = await run.StateAsync(id);
        Assert.True(state.Running);
        Assert.NotEqual(0, state.ProcessId);
        Assert.InRange(state.StartedAt, run.Began, DateTimeOffset.MaxValue);
    }

    private static async Task ShowsAsync(ConformanceRun run)
    {
        var id = await run.StartAsync(ConformanceServices.Steady);

        var state = await run.StateAsync(id);
        Assert.Equal((id, run.NameOf(ConformanceServices.Steady)), (state.Id, state.Name));
        Assert.Equal(TestEngine.Image, state.Image);
        Assert.Equal(run.Id, state.Labels[ConformanceRun.Label]);
        Assert.Equal(ContainerHealth.None, state.Health);
        var listed = Assert.Single(await run.Containers.ListAsync(ConformanceRun.Label, run.Id, run.Token));
        Assert.Equal((id, state.Name, true), (listed.Id, listed.Name, listed.Running));
        Assert.Contains(await run.Containers.ListAsync(ConformanceRun.Label, null, run.Token), other => other.Id == id);
        Assert.Empty(await run.Containers.ListAsync(ConformanceRun.Label, "other", run.Token));
    }

    private static async Task TellsAsync(ConformanceRun run)
    {
        // From the start: an engine keeps few events, and others make many.
        var watched = run.EventsUntilAsync(id: null, EngineEventKind.Removed);
        var id = await run.StartAsync(ConformanceServices.Failing);
        await run.EventAsync(id, EngineEventKind.Died);
        await run.Containers.RemoveAsync(id, TimeSpan.Zero, run.Token);

        var events = await watched;

        Assert.Equal(
            [EngineEventKind.Created, EngineEventKind.Started, EngineEventKind.Died, EngineEventKind.Removed],
            events.Select(told => told.Kind));
        Assert.Equal(7, events[2].ExitCode);
        Assert.All(events, told => Assert.Equal(run.Id, told.Labels[ConformanceRun.Label]));
        Assert.Equal(events.Select(told => told.At), events.Select(told => told.At).Order());
    }

    private static async Task TellsWhatWasAsync(ConformanceRun run)
    {
        var id = await run.StartAsync(ConformanceServices.Failing);
        await run.EventAsync(id, EngineEventKind.Died);

        Assert.Equal(3, (await run.EventsUntilAsync(id, EngineEventKind.Died)).Count);
    }

    private static async Task EndsWatchAsync(ConformanceRun run)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(run.Token);
        var watch = Task.Run(
            async () =>
            {
                await foreach (
                    var _ in run.Driver.Engine.WatchAsync(ConformanceRun.Label, run.Id, run.Began, end.Token))
                {
                }
            },
            run.Token);

        await end.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watch);
    }

    private static async Task TurnsHealthyAsync(ConformanceRun run)
    {
        var id = await run.StartAsync(ConformanceServices.Healthy);
        Assert.NotEqual(ContainerHealth.None, (await run.StateAsync(id)).Health);

        await run.EventAsync(id, EngineEventKind.Healthy);

        Assert.Equal(ContainerHealth.Healthy, (await run.StateAsync(id)).Health);
    }

    private static async Task TurnsUnhealthyAsync(ConformanceRun run)
    {
        var id = await run.StartAsync(ConformanceServices.Sick);

        await run.EventAsync(id, EngineEventKind.Unhealthy);

        var state = await run.StateAsync(id);
        Assert.Equal(ContainerHealth.Unhealthy, state.Health);
        Assert.Equal("exit 1: not well", state.HealthLog[0]);
    }

    private static async Task KeepsOutputAsync(ConformanceRun run)
    {
        var id = await run.StartAsync(ConformanceServices.Failing);
        await run.EventAsync(id, EngineEventKind.Died);
        var logs = Assert.IsAssignableFrom<ICanReadLogs>(run.Containers);

        Assert.Equal(["first", "second", "third"], await logs.LogsAsync(id, tail: null, run.Token));
        Assert.Equal(["second", "third"], await logs.LogsAsync(id, tail: 2, run.Token));
        Assert.Equal(7, (await run.StateAsync(id)).ExitCode);
    }

    private static async Task StopsAsync(ConformanceRun run)
    {
        var id = await run.StartAsync(ConformanceServices.Healthy);
        // A signal that comes before the shell has set its trap is lost to a first process.
        await run.EventAsync(id, EngineEventKind.Healthy);

        await run.Containers.RemoveAsync(id, TimeSpan.FromSeconds(30), run.Token);

        Assert.Equal(0, (await run.EventAsync(id, EngineEventKind.Died)).ExitCode);
        Assert.Null(await run.Containers.InspectAsync(id, run.Token));
    }

    private static async Task StopsStubbornAsync(ConformanceRun run)
    {
        var id = await run.StartAsync(ConformanceServices.Stubborn);

        await run.Containers.RemoveAsync(id, TimeSpan.FromSeconds(1), run.Token);

        Assert.Equal(137, (await run.EventAsync(id, EngineEventKind.Died)).ExitCode);
        Assert.Null(await run.Containers.InspectAsync(id, run.Token));
    }

    private static async Task RemovesTwiceAsync(ConformanceRun run)
    {
        var id = await run.CreateAsync(ConformanceServices.Steady);
        var network = await run.NetworkAsync("a");
        var volume = await run.VolumeAsync("a");

        for (var time = 0; time < 2; time++)
        {
            await run.Containers.RemoveAsync(id, TimeSpan.FromSeconds(time), run.Token);
            await run.Driver.Networks.RemoveAsync(network, run.Token);
            await run.Driver.Volumes.RemoveAsync(volume, run.Token);
        }

        Assert.Empty(await run.Containers.ListAsync(ConformanceRun.Label, run.Id, run.Token));
    }

    private static async Task KnowsNothingAsync(ConformanceRun run) =>
        Assert.Null(await run.Containers.InspectAsync("seatrial-no-such-container", run.Token));

    private static async Task RefusesNameAsync(ConformanceRun run)
    {
        await run.CreateAsync(ConformanceServices.Steady);

        var thrown = await Assert.ThrowsAsync<SeatrialException>(() => run.CreateAsync(ConformanceServices.Steady));

        Assert.Equal(ExitCode.Unavailable, thrown.ExitCode);
        Assert.Contains(run.NameOf(ConformanceServices.Steady), Assert.Single(thrown.Problems).What);
    }

    private static async Task ConnectsAsync(ConformanceRun run)
    {
        await run.NetworkAsync("a");
        await run.NetworkAsync("b");

        var id = await run.StartAsync(ConformanceServices.Steady, "a", "b");

        Assert.Equal(
            [run.NameOf("a"), run.NameOf("b")], (await run.StateAsync(id)).Addresses.Keys.Order());
    }

    private static async Task ListsObjectsAsync(ConformanceRun run)
    {
        var network = await run.NetworkAsync("a");
        var volume = await run.VolumeAsync("a");

        var networks = await run.Driver.Networks.ListAsync(ConformanceRun.Label, run.Id, run.Token);
        var volumes = await run.Driver.Volumes.ListAsync(ConformanceRun.Label, run.Id, run.Token);

        Assert.Equal((network, run.NameOf("a")), (Assert.Single(networks).Id, networks[0].Name));
        Assert.Equal((volume, run.NameOf("a")), (Assert.Single(volumes).Id, volumes[0].Name));
        Assert.InRange(networks[0].CreatedAt, run.Began - TimeSpan.FromSeconds(1), run.Began + TimeSpan.FromHours(1));
        Assert.InRange(volumes[0].CreatedAt, run.Began - TimeSpan.FromSeconds(1), run.Began + TimeSpan.FromHours(1));
    }

    private static async Task PausesAsync(ConformanceRun run)
    {
        var pause = Assert.IsAssignableFrom<ICanPause>(run.Containers);
        var id = await run.StartAsync(ConformanceServices.Steady);

        await pause.PauseAsync(id, run.Token);
        Assert.True((await run.StateAsync(id)).Paused);
        await run.EventAsync(id, EngineEventKind.Paused);

        await pause.UnpauseAsync(id, run.Token);
        Assert.False((await run.StateAsync(id)).Paused);
        await run.EventAsync(id, EngineEventKind.Unpaused);
    }

    private static async Task RemovesPausedAsync(ConformanceRun run)
    {
        var pause = Assert.IsAssignableFrom<ICanPause>(run.Containers);
        var id = await run.StartAsync(ConformanceServices.Steady);
        await pause.PauseAsync(id, run.Token);

        await run.Containers.RemoveAsync(id, TimeSpan.Zero, run.Token);

        Assert.Null(await run.Containers.InspectAsync(id, run.Token));
    }

    private static async Task KillsAsync(ConformanceRun run)
    {
        var kill = Assert.IsAssignableFrom<ICanKill>(run.Containers);
        var id = await run.StartAsync(ConformanceServices.Steady);

        await kill.KillAsync(id, "SIGKILL", run.Token);

        Assert.Equal(137, (await run.EventAsync(id, EngineEventKind.Died)).ExitCode);
        var state = await run.StateAsync(id);
        Assert.Equal((false, 137, 0), (state.Running, state.ExitCode, state.ProcessId));
    }
}
