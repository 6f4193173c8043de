using Seatrial.Engine.Drivers;

namespace Seatrial.Testing.Simulation;

/// <summary>
/// An engine that only keeps books, on any clock: for plans and state machines. What a container does is the
/// <see cref="SimulatedBehaviour"/> of its service; everything done is in the <see cref="Journal"/>.
/// </summary>
public sealed class SimulatedDriver : IContainerDriver
{
    private readonly TimeProvider _clock;
    private readonly DateTimeOffset _began;
    private readonly Lock _lock = new();
    private readonly List<JournalEntry> _journal = [];
    private readonly List<Task> _lives = [];

    public SimulatedDriver(TimeProvider clock)
    {
        _clock = clock;
        _began = clock.GetUtcNow();
        var engine = new SimulatedEngine(clock);
        Engine = engine;
        Containers = new SimulatedContainers(this, engine, clock);
        Networks = new SimulatedObjects(this, "network", clock);
        Volumes = new SimulatedObjects(this, "volume", clock);
        Images = new SimulatedImages();
    }

    /// <summary>One whose containers behave as those of <see cref="DriverConformance"/> do.</summary>
    public static SimulatedDriver ForConformance(TimeProvider clock)
    {
        var driver = new SimulatedDriver(clock);
        foreach (var (service, behaviour) in ConformanceServices.Behaviours)
        {
            driver.Behaviours[service] = behaviour;
        }

        return driver;
    }

    public IContainers Containers { get; }

    public IImages Images { get; }

    public INetworks Networks { get; }

    public IVolumes Volumes { get; }

    public IEngine Engine { get; }

    /// <summary>By service; a service that is not here runs for ever, without a health check.</summary>
    public Dictionary<string, SimulatedBehaviour> Behaviours { get; } = [];

    /// <summary>All that was done, in order.</summary>
    public IReadOnlyList<JournalEntry> Journal
    {
        get
        {
            lock (_lock)
            {
                return [.. _journal];
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var container in await Containers.ListAsync("seatrial.run", null, CancellationToken.None))
        {
            await Containers.RemoveAsync(container.Id, TimeSpan.Zero, CancellationToken.None);
        }

        await Task.WhenAll(_lives);
    }

    internal SimulatedBehaviour BehaviourOf(string service) =>
        Behaviours.GetValueOrDefault(service) ?? new SimulatedBehaviour();

    internal void Note(string verb, string name)
    {
        lock (_lock)
        {
            _journal.Add(new JournalEntry(_clock.GetUtcNow() - _began, verb, name));
        }
    }

    internal void Own(Task life)
    {
        lock (_lock)
        {
            _lives.Add(life);
        }
    }
}

/// <summary>One thing that was done.</summary>
public sealed record JournalEntry(TimeSpan At, string Verb, string Name)
{
    public override string ToString() => $"{Verb} {Name}";
}
