using Seatrial.Engine.Drivers;

namespace Seatrial.Engine.Environments;

/// <summary>Brings a planned environment up: all of it, or nothing.</summary>
public sealed class EnvironmentRunner(IContainerDriver driver, TimeProvider clock)
{
    /// <summary>
    /// Ends when every container is healthy (running, where it has no health check; ended, where others wait for its
    /// end). When one dies or turns unhealthy, or time runs out, or the token is cancelled, everything is removed
    /// again.
    /// </summary>
    /// <exception cref="SeatrialException">What did not come up, with its last state and output.</exception>
    public async Task<RunningEnvironment> StartAsync(
        EnvironmentPlan plan, IProgress<EnvironmentEvent>? progress, CancellationToken cancellationToken)
    {
        var session = await EnvironmentSession.OpenAsync(driver, plan, clock, progress, cancellationToken);
        var isUp = false;
        try
        {
            var members = await ContainerStarts.UpAsync(
                session, plan.Containers, ResourcesAsync(session), cancellationToken);
            isUp = true;
            return new RunningEnvironment(session, members);
        }
        finally
        {
            if (!isUp)
            {
                await TearDowns.RunAsync(session, TearDown.Fast);
                await session.DisposeAsync();
            }
        }
    }

    /// <summary>Not cut in the middle: the engine would finish what nobody then knows of.</summary>
    private static Task ResourcesAsync(EnvironmentSession session)
    {
        return Task.WhenAll(
        [
            .. session.Plan.Networks.Select(network => ResourceAsync(ResourceKind.Network, network.Name, () =>
                session.Driver.Networks.CreateAsync(network, CancellationToken.None))),
            .. session.Plan.Volumes.Select(volume => ResourceAsync(ResourceKind.Volume, volume.Name, () =>
                session.Driver.Volumes.CreateAsync(volume, CancellationToken.None))),
        ]);

        async Task ResourceAsync(ResourceKind kind, string name, Func<Task> create)
        {
            session.Report(kind, name, ResourceState.Creating);
            await create();
            session.Report(kind, name, ResourceState.Created);
        }
    }
}
