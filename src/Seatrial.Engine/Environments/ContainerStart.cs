using Seatrial.Engine.Compose;
using Seatrial.Engine.Drivers;

namespace Seatrial.Engine.Environments;

/// <summary>
/// One container's way up as tasks, so that others can wait for any step of it. All begin at once; what has to wait,
/// waits for the tasks of what it depends on.
/// </summary>
internal sealed class ContainerStart
{
    private ContainerStart(PlannedContainer container)
    {
        Container = container;
    }

    public PlannedContainer Container { get; }

    public required Task<string> Created { get; init; }

    public required Task Started { get; init; }

    public required Task<ContainerState> Healthy { get; init; }

    public required Task Completed { get; init; }

    /// <summary>Ends only by failure, or by cancellation.</summary>
    public required Task Death { get; init; }

    /// <summary>The one whose place it takes has gone.</summary>
    public required Task Cleared { get; init; }

    /// <summary>Where it takes the place of one that is there.</summary>
    public required Succession? Succession { get; init; }

    /// <summary>Where its service says how that is done.</summary>
    public required ServiceUpdate? Update { get; init; }

    /// <summary>Begins the way up; <paramref name="resources"/> are the networks and volumes.</summary>
    public static ContainerStart Begin(
        EnvironmentSession session,
        PlannedContainer container,
        Task resources,
        IReadOnlyList<ContainerStart> earlier,
        ServiceUpdate? update,
        CancellationToken cancellationToken)
    {
        var starter = new ContainerStarter(session);
        var succession = container.Existing is { Use: ExistingUse.Replace } old
            ? new Succession(session, container, old)
            : null;
        var created = CreateAsync();
        var started = StartAsync();
        var death = WatchAsync();
        var healthy = HealthyAsync();
        return new ContainerStart(container)
        {
            Created = created,
            Started = started,
            Healthy = healthy,
            Completed = container.IsJob ? CompletedAsync() : healthy,
            Death = death,
            Cleared = succession is null ? Task.CompletedTask : ClearAsync(succession),
            Succession = succession,
            Update = update,
        };

        async Task<string> CreateAsync()
        {
            await resources;
            if (container.Existing is { Use: not ExistingUse.Replace } existing)
            {
                return existing.Id;
            }

            if (succession is not null)
            {
                // The old one does its work until its successor can start.
                await (update?.TurnAsync(container, cancellationToken) ?? Task.CompletedTask);
                await GatesAsync(session, container, earlier, cancellationToken);
            }

            await Task.WhenAll(earlier
                .Where(start => container.Request.Joins(start.Container.Name))
                .Select(start => start.Created));
            cancellationToken.ThrowIfCancellationRequested();
            return succession is null
                ? await starter.CreateAsync(container)
                : await succession.CreateAsync(() => starter.CreateAsync(container));
        }

        async Task StartAsync()
        {
            var id = await created;
            if (container.Existing is { Use: ExistingUse.Keep })
            {
                return;
            }

            await GatesAsync(session, container, earlier, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            if (succession is { StartsFirst: false })
            {
                await succession.StopOldAsync();
            }

            await starter.StartAsync(container, id);
        }

        async Task ClearAsync(Succession succession)
        {
            await started;
            if (succession.StartsFirst)
            {
                await healthy;
                await succession.StopOldAsync();
            }

            if (update is { RollsBack: true })
            {
                await update.Done.WaitAsync(cancellationToken);
            }

            await succession.EndAsync();
        }

        async Task WatchAsync() => await DeathWatch.OfAsync(session, container, await created, cancellationToken);

        async Task<ContainerState> HealthyAsync()
        {
            await started;
            var ready = starter.HealthyAsync(container, await created, cancellationToken);
            await await Task.WhenAny(ready, death);
            return await ready;
        }

        async Task CompletedAsync()
        {
            await started;
            await await Task.WhenAny(starter.CompletedAsync(container, await created, cancellationToken), death);
        }
    }

    /// <summary>All that the container has to come to; as part of an update it may fail.</summary>
    public async Task ReadyAsync(EnvironmentSession session, CancellationToken cancellationToken)
    {
        try
        {
            await Healthy;
            await Completed;
            if (Update is { } update)
            {
                update.End(Container);
                var watched = Task.Delay(update.Policy.Monitor, session.Clock, cancellationToken);
                await await Task.WhenAny(watched, Death);
                await StillThereAsync(session, cancellationToken);
            }
        }
        catch (Exception e) when (IsTolerated(e))
        {
            session.Report(Container, ResourceState.Failed, $"{e.Message}; the update goes on");
        }
        finally
        {
            Update?.End(Container);
        }
    }

    /// <summary>Like <see cref="ReadyAsync"/>, but a failure is only reported.</summary>
    public async Task TryReadyAsync(EnvironmentSession session, CancellationToken cancellationToken)
    {
        try
        {
            await ReadyAsync(session, cancellationToken);
        }
        catch (Exception e) when (e is SeatrialException or StartFailedException)
        {
            session.Report(Container, ResourceState.Failed, $"{e.Message}; nothing needs it");
        }
    }

    /// <summary>A step for those who wait for it; one that may fail does not hold them up.</summary>
    public async Task PassableAsync(Task step)
    {
        try
        {
            await step;
        }
        catch (Exception e) when (IsTolerated(e))
        {
            // Told by who started it.
        }
    }

    /// <summary>
    /// Without a health check, "running" was a look at one moment: an early death shows at a second look.
    /// </summary>
    public async Task StillThereAsync(EnvironmentSession session, CancellationToken cancellationToken)
    {
        if (Container.IsJob || !Healthy.IsCompletedSuccessfully || (await Healthy).Health is not ContainerHealth.None)
        {
            return;
        }

        var state = await session.Driver.Containers.InspectAsync(await Created, cancellationToken);
        if (state is null or { Running: false, ExitCode: not 0 } && Container.Request.Service.Restart is "no")
        {
            throw new StartFailedException(Container, $"ended with exit code {state?.ExitCode} while it started");
        }
    }

    /// <summary>What came of it, once it is ready, or failed where it may.</summary>
    public async Task<EnvironmentMember> MemberAsync()
    {
        var id = await Created;
        var state = Healthy.IsCompletedSuccessfully ? await Healthy : null;
        return new EnvironmentMember(
            Container,
            new RunningContainer(
                Container.Service,
                Container.Number,
                Container.Name,
                id,
                state?.Addresses ?? new Dictionary<string, string>()),
            IsCurrent: state is not null && !Container.IsJob,
            KeptOutput: null);
    }

    private bool IsTolerated(Exception e) =>
        e is StartFailedException or SeatrialException && Update?.Tolerates(Container) is true;

    private static async Task GatesAsync(
        EnvironmentSession session,
        PlannedContainer container,
        IReadOnlyList<ContainerStart> earlier,
        CancellationToken cancellationToken)
    {
        foreach (var gate in container.Gates)
        {
            var open = Task.WhenAll(earlier.Where(start => start.Container.Service == gate.Service).Select(start =>
                start.PassableAsync(gate.Condition switch
                {
                    DependencyCondition.Started => start.Started,
                    DependencyCondition.Healthy => start.Healthy,
                    DependencyCondition.CompletedSuccessfully => start.Completed,
                })));
            if (!open.IsCompleted)
            {
                session.Report(container, ResourceState.Waiting, gate.Service);
            }

            try
            {
                await open.WaitAsync(cancellationToken);
            }
            catch (Exception e) when (!gate.Required && e is SeatrialException or StartFailedException)
            {
                // It goes on without; the failure itself is told by who started that container.
            }
        }
    }
}
