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
                session, plan.Containers, EnvironmentResources.CreateAsync(session), cancellationToken);
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
}
