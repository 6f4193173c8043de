using System.Runtime.CompilerServices;
using Seatrial.Engine;
using Seatrial.Engine.Drivers;

namespace Seatrial.Testing.Simulation;

/// <summary>Containers of a simulation.</summary>
internal sealed class SimulatedContainers(SimulatedDriver driver, SimulatedEngine engine, TimeProvider clock)
    : IContainers, ICanStop, ICanRename, ICanReadLogs, ICanPause, ICanKill
{
    private static readonly TimeSpan _restartPause = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private readonly List<SimulatedContainer> _containers = [];
    private int _created;

    public async Task<string> CreateAsync(ContainerRequest request, CancellationToken cancellationToken)
    {
        var behaviour = driver.BehaviourOf(request.Service.Name);
        await Task.Delay(behaviour.CreateTakes, clock, cancellationToken);
        Refuse(behaviour.CreateRefused);
        SimulatedContainer container;
        lock (_lock)
        {
            if (_containers.Exists(other => other.Name == request.Name))
            {
                throw new SeatrialException(
                    ExitCode.Unavailable, $"The name {request.Name} is in use.", "simulation", "Remove that one.");
            }

            container = new SimulatedContainer(
                $"{++_created:x12}{new string('0', 52)}", request, behaviour, clock.GetUtcNow());
            _containers.Add(container);
        }

        Tell(container, EngineEventKind.Created, "create");
        return container.Id;
    }

    public async Task StartAsync(string id, CancellationToken cancellationToken)
    {
        var container = Get(id);
        await Task.Delay(container.Behaviour.StartTakes, clock, cancellationToken);
        Refuse(container.Behaviour.StartRefused);
        Begin(container);
    }

    public Task<ContainerState?> InspectAsync(string id, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult(_containers.Find(container => container.Id == id)?.State);
        }
    }

    public Task<IReadOnlyList<ContainerSummary>> ListAsync(
        string label, string? value, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<ContainerSummary>>(
            [
                .. _containers.Select(container => container.Summary).Where(container =>
                    container.Labels.TryGetValue(label, out var has) && (value is null || has == value)),
            ]);
        }
    }

    public async Task StopAsync(string id, TimeSpan gracePeriod, CancellationToken cancellationToken)
    {
        var container = Get(id);
        if (container.Running)
        {
            var stops = container.Behaviour.StopTakes <= gracePeriod;
            driver.Note(stops ? "stop" : "kill", container.Name);
            await Task.Delay(stops ? container.Behaviour.StopTakes : gracePeriod, clock, cancellationToken);
            End(container, stops ? 0 : 137);
        }
    }

    public Task RenameAsync(string id, string name, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_containers.Find(container => container.Id == id) is { } container)
            {
                container.Name = name;
            }
        }

        driver.Note("rename", name);
        return Task.CompletedTask;
    }

    public async Task RemoveAsync(string id, TimeSpan gracePeriod, CancellationToken cancellationToken)
    {
        SimulatedContainer? container;
        lock (_lock)
        {
            container = _containers.Find(container => container.Id == id);
        }

        if (container is null)
        {
            return;
        }

        Refuse(container.Behaviour.RemoveRefused);
        await StopAsync(id, gracePeriod, cancellationToken);
        lock (_lock)
        {
            _containers.Remove(container);
        }

        Tell(container, EngineEventKind.Removed, "remove");
    }

    public Task<IReadOnlyList<string>> LogsAsync(string id, int? tail, CancellationToken cancellationToken)
    {
        var output = Get(id).Behaviour.Output;
        return Task.FromResult<IReadOnlyList<string>>([.. output.TakeLast(tail ?? output.Count)]);
    }

    public async IAsyncEnumerable<LogLine> ReadAsync(
        string id, LogQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var line in await LogsAsync(id, query.Tail, cancellationToken))
        {
            yield return new LogLine(Get(id).StartedAt, IsError: false, line);
        }
    }

    public Task PauseAsync(string id, CancellationToken cancellationToken)
    {
        Get(id).Paused = true;
        Tell(Get(id), EngineEventKind.Paused, "pause");
        return Task.CompletedTask;
    }

    public Task UnpauseAsync(string id, CancellationToken cancellationToken)
    {
        Get(id).Paused = false;
        Tell(Get(id), EngineEventKind.Unpaused, "unpause");
        return Task.CompletedTask;
    }

    public Task KillAsync(string id, string signal, CancellationToken cancellationToken)
    {
        End(Get(id), 137);
        return Task.CompletedTask;
    }

    private static void Refuse(Problem? problem)
    {
        if (problem is not null)
        {
            throw new SeatrialException(ExitCode.Unavailable, [problem]);
        }
    }

    private SimulatedContainer Get(string id)
    {
        lock (_lock)
        {
            return _containers.Find(container => container.Id == id)
                ?? throw new SeatrialException(ExitCode.Unavailable, $"No container {id}.", "simulation", "Create it.");
        }
    }

    private void Begin(SimulatedContainer container)
    {
        var behaviour = container.Behaviour;
        container.Life = new CancellationTokenSource();
        container.Running = true;
        container.DiedByItself = false;
        container.StartedAt = clock.GetUtcNow();
        container.Health = behaviour.HealthyAfter is null && behaviour.UnhealthyAfter is null
            ? ContainerHealth.None
            : ContainerHealth.Starting;
        Tell(container, EngineEventKind.Started, "start");
        driver.Own(LiveAsync(container, container.Life.Token));
    }

    private async Task LiveAsync(SimulatedContainer container, CancellationToken life)
    {
        var behaviour = container.Behaviour;
        (TimeSpan? After, Action Happens)[] events =
        [
            (behaviour.HealthyAfter, () => TurnTo(container, ContainerHealth.Healthy, EngineEventKind.Healthy)),
            (behaviour.UnhealthyAfter, () => TurnTo(container, ContainerHealth.Unhealthy, EngineEventKind.Unhealthy)),
            (behaviour.DiesAfter, () => End(container, behaviour.ExitCode, byItself: true)),
        ];
        var at = TimeSpan.Zero;
        foreach (var (after, happens) in events.Where(e => e.After is not null).OrderBy(e => e.After))
        {
            await Task.Delay((after ?? at) - at, clock, life).ConfigureAwait(
                ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            if (life.IsCancellationRequested)
            {
                break;
            }

            at = after ?? at;
            happens();
        }

        if (container.DiedByItself && MayRestart(container))
        {
            await Task.Delay(_restartPause, clock, CancellationToken.None);
            container.Restarts++;
            Begin(container);
        }
    }

    private static bool MayRestart(SimulatedContainer container) => container.Request.Service.Restart.Split(':') switch
    {
        ["always" or "unless-stopped"] => true,
        ["on-failure"] => container.ExitCode is not 0,
        ["on-failure", var most] => container.ExitCode is not 0 && container.Restarts < int.Parse(most),
        _ => false,
    };

    private void TurnTo(SimulatedContainer container, ContainerHealth health, EngineEventKind kind)
    {
        container.Health = health;
        Tell(container, kind, health.ToString());
    }

    private void End(SimulatedContainer container, int exitCode, bool byItself = false)
    {
        container.DiedByItself = byItself;
        container.Life.Cancel();
        container.Running = false;
        container.ExitCode = exitCode;
        Tell(container, EngineEventKind.Died, $"die {exitCode}");
    }

    private void Tell(SimulatedContainer container, EngineEventKind kind, string verb)
    {
        driver.Note(verb, container.Name);
        engine.Tell(container, kind);
    }
}
