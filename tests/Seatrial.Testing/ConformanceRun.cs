using Seatrial.Engine.Compose;
using Seatrial.Engine.Drivers;
using Seatrial.Engine.Environments;

namespace Seatrial.Testing;

/// <summary>One behaviour's run: what it makes bears its label, and is removed at the end.</summary>
internal sealed class ConformanceRun : IAsyncDisposable
{
    /// <summary>What every object bears, with <see cref="Id"/> as its value.</summary>
    public const string Label = "seatrial.conformance";

    private ConformanceRun(IContainerDriver driver, DateTimeOffset began, CancellationToken token) =>
        (Driver, Began, Token) = (driver, began, token);

    public IContainerDriver Driver { get; }

    public IContainers Containers => Driver.Containers;

    /// <summary>By the engine's clock.</summary>
    public DateTimeOffset Began { get; }

    public CancellationToken Token { get; }

    public string Id { get; } = TestEngine.NewRunId();

    /// <summary>The sweep's labels too, so that a killed test leaves nothing for ever.</summary>
    private Dictionary<string, string> Labels => new()
    {
        [Label] = Id,
        [RunLabels.Run] = Id,
        [RunLabels.Owner] = RunOwner.Current.ToString(),
    };

    public static async Task<ConformanceRun> BeginAsync(IContainerDriver driver, CancellationToken token) =>
        new(driver, (await driver.Engine.DescribeAsync(token)).Clock, token);

    public string NameOf(string name) => $"{Id}-{name}";

    public Task<string> NetworkAsync(string name) =>
        Driver.Networks.CreateAsync(new NetworkRequest(NameOf(name), new ComposeNetwork(), Labels), Token);

    public Task<string> VolumeAsync(string name) =>
        Driver.Volumes.CreateAsync(new VolumeRequest(NameOf(name), new ComposeVolume(), Labels), Token);

    public Task<string> CreateAsync(string service, params string[] networks) => Containers.CreateAsync(
        new ContainerRequest
        {
            Name = NameOf(service),
            Image = TestEngine.Image,
            Service = ConformanceServices.Of(service),
            Labels = Labels,
            Networks = networks.ToDictionary(NameOf, IReadOnlyList<string> (_) => []),
            Mounts = [],
        },
        Token);

    public async Task<string> StartAsync(string service, params string[] networks)
    {
        var id = await CreateAsync(service, networks);
        await Containers.StartAsync(id, Token);
        return id;
    }

    public async Task<ContainerState> StateAsync(string id) =>
        await Containers.InspectAsync(id, Token) ?? throw new InvalidOperationException($"Container {id} is gone.");

    public async Task<EngineEvent> EventAsync(string id, EngineEventKind kind) =>
        (await EventsUntilAsync(id, kind))[^1];

    /// <summary>The container's events up to the first of a kind; null for all of the run's.</summary>
    public async Task<IReadOnlyList<EngineEvent>> EventsUntilAsync(string? id, EngineEventKind kind)
    {
        var events = new List<EngineEvent>();
        await foreach (var told in Driver.Engine.WatchAsync(Label, Id, Began, Token))
        {
            if (id is null || told.ContainerId == id)
            {
                events.Add(told);
                if (told.Kind == kind)
                {
                    break;
                }
            }
        }

        return events;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var container in await Containers.ListAsync(Label, Id, CancellationToken.None))
        {
            await Containers.RemoveAsync(container.Id, TimeSpan.Zero, CancellationToken.None);
        }

        foreach (var network in await Driver.Networks.ListAsync(Label, Id, CancellationToken.None))
        {
            await Driver.Networks.RemoveAsync(network.Id, CancellationToken.None);
        }

        foreach (var volume in await Driver.Volumes.ListAsync(Label, Id, CancellationToken.None))
        {
            await Driver.Volumes.RemoveAsync(volume.Id, CancellationToken.None);
        }
    }
}
