using Seatrial.Engine.Drivers;

namespace Seatrial.Engine.Environments;

/// <summary>The steps of one container from its plan to its readiness.</summary>
internal sealed class ContainerStarter(EnvironmentSession session)
{
    /// <summary>Creates it. Not cut in the middle: the engine would finish what nobody then knows of.</summary>
    public async Task<string> CreateAsync(PlannedContainer container)
    {
        session.Report(container, ResourceState.Creating);
        var id = await session.Driver.Containers.CreateAsync(container.Request, CancellationToken.None);
        session.Report(container, ResourceState.Created);
        return id;
    }

    public async Task StartAsync(PlannedContainer container, string id)
    {
        session.Report(container, ResourceState.Starting);
        if (container.Existing is { Use: ExistingUse.Unpause } && session.Driver.Containers is ICanPause frozen)
        {
            await frozen.UnpauseAsync(id, CancellationToken.None);
        }
        else
        {
            await session.Driver.Containers.StartAsync(id, CancellationToken.None);
        }

        session.Report(container, ResourceState.Started);
    }

    /// <summary>
    /// Until it is healthy, or at once when it has no health check. Its death is not seen here: <see
    /// cref="DeathWatch"/> sees everyone's.
    /// </summary>
    public async Task<ContainerState> HealthyAsync(
        PlannedContainer container, string id, CancellationToken cancellationToken)
    {
        var began = session.Clock.GetTimestamp();
        using var limit = new CancellationTokenSource(container.ReadyLimit, session.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var state = await InspectAsync(container, id, either.Token);
            if (state.Health is ContainerHealth.Starting or ContainerHealth.Unhealthy)
            {
                await FirstHealthyAsync(state, either.Token);
                state = await InspectAsync(container, id, either.Token);
            }

            if (!container.IsJob)
            {
                session.Report(container, ResourceState.Ready);
            }

            return state;
        }
        catch (OperationCanceledException) when (
            limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new StartFailedException(
                container, $"was not healthy {session.Clock.GetElapsedTime(began).TotalSeconds:0} s after its start");
        }
    }

    /// <summary>Until it has ended with 0.</summary>
    public async Task CompletedAsync(PlannedContainer container, string id, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(container.ReadyLimit, session.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            // One that was kept ended before anybody looked.
            if (await InspectAsync(container, id, either.Token) is not { Running: false, ExitCode: 0 }
                || container.Existing is null)
            {
                await EventAsync(id, told => told is { Kind: EngineEventKind.Died, ExitCode: 0 }, either.Token);
            }

            session.Report(container, ResourceState.Completed);
        }
        catch (OperationCanceledException) when (
            limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new StartFailedException(
                container, $"had not ended {container.ReadyLimit.TotalSeconds:0} s after its start");
        }
    }

    private async Task<ContainerState> InspectAsync(
        PlannedContainer container, string id, CancellationToken cancellationToken) =>
        await session.Driver.Containers.InspectAsync(id, cancellationToken)
            ?? throw new StartFailedException(container, "was removed by someone else while it started");

    private async Task FirstHealthyAsync(ContainerState container, CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var told = EventAsync(container.Id, told => told.Kind is EngineEventKind.Healthy, end.Token);
        var probed = StartProbes.HealthyAsync(session, container, end.Token);
        try
        {
            await await Task.WhenAny(told, probed);
        }
        finally
        {
            end.Cancel();
            await Task.WhenAll(told, probed).ConfigureAwait(
                ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }
    }

    private async Task EventAsync(string id, Func<EngineEvent, bool> isIt, CancellationToken cancellationToken)
    {
        await foreach (var told in session.Events.ReadAsync(id, cancellationToken))
        {
            if (isIt(told))
            {
                return;
            }
        }
    }
}
