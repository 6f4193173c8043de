using Seatrial.Engine.Drivers;
using Seatrial.Engine.Environments;

namespace Seatrial.Engine.Standing;

/// <summary>Brings a standing project to what its file says, and takes it down.</summary>
public sealed class ProjectRunner(IContainerDriver driver, TimeProvider clock)
{
    /// <summary>
    /// Does the plan's steps, in parallel where nothing waits for anything, and ends when every container is healthy.
    /// What fails stays as it is, for a look.
    /// </summary>
    /// <exception cref="SeatrialException">What did not come up, with its last state and output.</exception>
    public async Task<IReadOnlyList<RunningContainer>> UpAsync(
        UpPlan plan, IProgress<EnvironmentEvent>? progress, CancellationToken cancellationToken)
    {
        await using var session = await EnvironmentSession.OpenAsync(
            driver, plan.Environment, clock, progress, cancellationToken);
        var members = await ContainerStarts.UpAsync(
            session, plan.Environment.Containers, ResourcesAsync(session, plan), cancellationToken);
        return [.. members.Select(member => member.Container)];
    }

    /// <summary>Stops all containers in order, dependents first, and removes them and the networks.</summary>
    /// <param name="project">What is there.</param>
    /// <param name="gracePeriod">For each; what it asked for itself where null.</param>
    /// <param name="withVolumes">Whether the volumes go too, with what is in them.</param>
    /// <param name="progress">Is told of each step.</param>
    /// <param name="cancellationToken">Leaves what has not been removed yet.</param>
    public async Task<IReadOnlyList<Problem>> DownAsync(
        StandingProject project,
        TimeSpan? gracePeriod,
        bool withVolumes,
        IProgress<EnvironmentEvent>? progress,
        CancellationToken cancellationToken)
    {
        var began = clock.GetTimestamp();
        var remover = new RunRemover(driver);
        await new DependentsFirst(project.Containers).RunAsync(async container =>
        {
            Report(container.ShortName, ResourceKind.Container, ResourceState.Removing);
            var grace = gracePeriod ?? container.State.StopGracePeriod;
            await remover.ContainerAsync(
                container.State.Id,
                container.State.Name,
                container.State.Running ? grace : TimeSpan.Zero,
                cancellationToken);
            Report(container.ShortName, ResourceKind.Container, ResourceState.Removed);
        });
        await Task.WhenAll(
            remover.NetworksAsync(project.Networks, cancellationToken),
            withVolumes ? remover.VolumesAsync(project.Volumes, cancellationToken) : Task.FromResult(0));
        cancellationToken.ThrowIfCancellationRequested();
        return remover.Problems;

        void Report(string name, ResourceKind kind, ResourceState state) =>
            progress?.Report(new EnvironmentEvent(kind, name, state, clock.GetElapsedTime(began)));
    }

    /// <summary>Stops containers in order, dependents first; they stay.</summary>
    public Task StopAsync(
        IReadOnlyList<StandingContainer> containers, TimeSpan? gracePeriod, CancellationToken cancellationToken) =>
        new DependentsFirst(containers).RunAsync(container => Stopping.Of(driver).StopAsync(
            container.State.Id, gracePeriod ?? container.State.StopGracePeriod, cancellationToken));

    private async Task ResourcesAsync(EnvironmentSession session, UpPlan plan)
    {
        var remover = new RunRemover(driver);
        await new DependentsFirst(plan.Leaving).RunAsync(async container =>
        {
            session.Report(ResourceKind.Container, container.ShortName, ResourceState.Removing);
            await remover.ContainerAsync(
                container.State.Id, container.State.Name, container.State.StopGracePeriod, CancellationToken.None);
            session.Report(ResourceKind.Container, container.ShortName, ResourceState.Removed);
        });
        await remover.NetworksAsync(plan.LeavingNetworks, CancellationToken.None);
        if (remover.Problems.Count > 0)
        {
            throw new SeatrialException(
                ExitCode.Unavailable,
                [.. remover.Problems.Select(problem => problem with { Severity = Severity.Error })]);
        }

        await EnvironmentResources.CreateAsync(session);
    }
}
