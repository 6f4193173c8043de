using Seatrial.Engine.Compose;
using Seatrial.Engine.Drivers;

namespace Seatrial.Engine.Environments;

/// <summary>
/// One container's way up as tasks, so that others can wait for any step of it. All begin at once; what has to wait,
/// waits for the tasks of what it depends on.
/// </summary>
internal sealed class ContainerStart
{
    private static readonly TimeSpan _little = TimeSpan.FromMilliseconds(300);

    private readonly StartContext _context;
    private readonly ContainerStarter _starter;

    private ContainerStart(PlannedContainer container, ServiceUpdate? update, StartContext context)
    {
        (Container, Update, _context) = (container, update, context);
        _starter = new ContainerStarter(context.Session);
        Succession = container.Existing is { Use: ExistingUse.Replace } old
            ? new Succession(context.Session, container, old)
            : null;

        // Each waits for those before it, which therefore have to be there.
        Created = CreateAsync();
        Started = StartAsync();
        Death = DeathAsync();
        Healthy = HealthyAsync();
        Completed = container.IsJob ? CompletedAsync() : Healthy;
        Cleared = Succession is null ? Task.CompletedTask : ClearAsync(Succession);
    }

    public PlannedContainer Container { get; }

    public Task<string> Created { get; }

    public Task Started { get; }

    public Task<ContainerState> Healthy { get; }

    public Task Completed { get; }

    /// <summary>Ends only by failure, or by cancellation.</summary>
    public Task Death { get; }

    /// <summary>The one whose place it takes has gone.</summary>
    public Task Cleared { get; }

    /// <summary>Where it takes the place of one that is there.</summary>
    public Succession? Succession { get; }

    /// <summary>Where its service says how that is done.</summary>
    public ServiceUpdate? Update { get; }

    /// <summary>Begins the way up.</summary>
    public static ContainerStart Begin(PlannedContainer container, ServiceUpdate? update, StartContext context) =>
        new(container, update, context);

    /// <summary>All that the container has to come to; as part of an update it may fail.</summary>
    public async Task ReadyAsync()
    {
        try
        {
            await Healthy;
            await Completed;
            if (Update is { } update)
            {
                update.End(Container);
                var watched = Task.Delay(
                    update.Policy.Monitor, _context.Session.Clock, _context.CancellationToken);
                await await Task.WhenAny(watched, Death);
                await StillThereAsync();
            }
        }
        catch (Exception e) when (IsTolerated(e))
        {
            _context.Session.Report(Container, ResourceState.Failed, $"{e.Message}; the update goes on");
        }
        finally
        {
            Update?.End(Container);
        }
    }

    /// <summary>Like <see cref="ReadyAsync"/>, but a failure is only reported.</summary>
    public async Task TryReadyAsync()
    {
        try
        {
            await ReadyAsync();
        }
        catch (Exception e) when (e is SeatrialException or StartFailedException)
        {
            _context.Session.Report(Container, ResourceState.Failed, $"{e.Message}; nothing needs it");
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
    /// Without a health check, "running" was a look at one moment: an early death shows at a second look, a little
    /// later.
    /// </summary>
    public async Task StillThereAsync()
    {
        if (Container.IsJob || !Healthy.IsCompletedSuccessfully || (await Healthy).Health is not ContainerHealth.None)
        {
            return;
        }

        if (Container is { Existing: not { Use: ExistingUse.Keep }, Request.Service.Restart: "no" })
        {
            var little = Task.Delay(_little, _context.Session.Clock, _context.CancellationToken);
            await await Task.WhenAny(little, Death);
        }

        var state = await _context.Session.Driver.Containers.InspectAsync(await Created, _context.CancellationToken);
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

    private async Task<string> CreateAsync()
    {
        await _context.Resources;
        if (Container.Existing is { Use: not ExistingUse.Replace } existing)
        {
            return existing.Id;
        }

        if (Succession is not null)
        {
            // The old one does its work until its successor can start.
            await (Update?.TurnAsync(Container, _context.CancellationToken) ?? Task.CompletedTask);
            await GatesAsync();
        }

        await Task.WhenAll(_context.Earlier
            .Where(start => Container.Request.Joins(start.Container.Name))
            .Select(start => start.Created));
        _context.CancellationToken.ThrowIfCancellationRequested();
        return Succession is null
            ? await _starter.CreateAsync(Container)
            : await Succession.CreateAsync(() => _starter.CreateAsync(Container));
    }

    private async Task StartAsync()
    {
        var id = await Created;
        if (Container.Existing is { Use: ExistingUse.Keep })
        {
            return;
        }

        await GatesAsync();
        _context.CancellationToken.ThrowIfCancellationRequested();
        if (Succession is { StartsFirst: false })
        {
            await Succession.StopOldAsync();
        }

        await _starter.StartAsync(Container, id);
    }

    private async Task ClearAsync(Succession succession)
    {
        await Started;
        if (succession.StartsFirst)
        {
            await Healthy;
            await succession.StopOldAsync();
        }

        if (Update is { RollsBack: true })
        {
            await Update.Done.WaitAsync(_context.CancellationToken);
        }

        await succession.EndAsync();
    }

    private async Task DeathAsync() =>
        await DeathWatch.OfAsync(_context.Session, Container, await Created, _context.CancellationToken);

    private async Task<ContainerState> HealthyAsync()
    {
        await Started;
        var ready = _starter.HealthyAsync(Container, await Created, _context.CancellationToken);
        await await Task.WhenAny(ready, Death);
        return await ready;
    }

    private async Task CompletedAsync()
    {
        await Started;
        await await Task.WhenAny(
            _starter.CompletedAsync(Container, await Created, _context.CancellationToken), Death);
    }

    private async Task GatesAsync()
    {
        foreach (var gate in Container.Gates)
        {
            var needed = _context.Earlier.Where(start => start.Container.Service == gate.Service);
            var open = Task.WhenAll(needed.Select(start =>
                start.PassableAsync(gate.Condition switch
                {
                    DependencyCondition.Started => start.Started,
                    DependencyCondition.Healthy => start.Healthy,
                    DependencyCondition.CompletedSuccessfully => start.Completed,
                })));
            if (!open.IsCompleted)
            {
                _context.Session.Report(Container, ResourceState.Waiting, gate.Service);
            }

            try
            {
                await open.WaitAsync(_context.CancellationToken);
            }
            catch (Exception e) when (!gate.Required && e is SeatrialException or StartFailedException)
            {
                // It goes on without; the failure itself is told by who started that container.
            }
        }
    }
}

/// <summary>What all containers of one start share, and those that were begun before.</summary>
/// <param name="Session">The environment's.</param>
/// <param name="Resources">Networks and volumes.</param>
/// <param name="Earlier">All that it can wait for.</param>
/// <param name="CancellationToken">Ends the start.</param>
internal sealed record StartContext(
    EnvironmentSession Session,
    Task Resources,
    IReadOnlyList<ContainerStart> Earlier,
    CancellationToken CancellationToken);
