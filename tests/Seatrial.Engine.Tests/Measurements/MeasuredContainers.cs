using Seatrial.Engine.Compose;
using Seatrial.Engine.Drivers;
using Seatrial.Engine.Environments;
using Seatrial.Testing;

namespace Seatrial.Engine.Tests.Measurements;

/// <summary>Containers of one test, which are counted as often as they are asked for.</summary>
internal sealed class MeasuredContainers(IContainerDriver driver) : IAsyncDisposable
{
    private readonly SemaphoreSlim _looks = new(0);

    // Replaced rather than added to: whoever looks goes through it meanwhile.
    private IReadOnlyList<RunningContainer> _containers = [];

    public string Folder { get; } = Directory.CreateTempSubdirectory("resources").FullName;

    public IReadOnlyList<RunningContainer> Look()
    {
        _looks.Release();
        return _containers;
    }

    /// <summary>Ends after so many further looks.</summary>
    public async Task LooksAsync(int count, CancellationToken cancellationToken)
    {
        // Those that came while nobody waited are no further ones.
        while (_looks.Wait(0, CancellationToken.None))
        {
        }

        for (var i = 0; i < count; i++)
        {
            await _looks.WaitAsync(cancellationToken);
        }
    }

    public async Task<RunningContainer> StartAsync(
        string service, string script, ComposeLimits limits, CancellationToken cancellationToken)
    {
        var name = $"{TestEngine.NewRunId()}-{service}";
        var id = await driver.Containers.CreateAsync(
            new ContainerRequest
            {
                Name = name,
                Image = TestEngine.Image,
                Service = new ComposeService
                {
                    Name = service,
                    Image = TestEngine.Image,
                    Command = ["sh", "-c", script],
                    Limits = limits,
                },
                Labels = new Dictionary<string, string>
                {
                    [RunLabels.Run] = name,
                    [RunLabels.Owner] = RunOwner.Current.ToString(),
                },
                Networks = new Dictionary<string, IReadOnlyList<string>>(),
                Mounts = [],
            },
            cancellationToken);
        var container = new RunningContainer(service, 1, name, id, new Dictionary<string, string>());
        _containers = [.. _containers, container];
        await driver.Containers.StartAsync(id, cancellationToken);
        return container;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var container in _containers)
        {
            await driver.Containers.RemoveAsync(container.Id, TimeSpan.Zero, CancellationToken.None);
        }

        _looks.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
