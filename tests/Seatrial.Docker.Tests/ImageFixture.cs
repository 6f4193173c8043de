using Seatrial.Engine.Drivers;
using Seatrial.Engine.Images;
using Seatrial.Testing;

namespace Seatrial.Docker.Tests;

/// <summary>An engine, names of images that nobody else has, and <c>debian:bookworm-slim</c> on it.</summary>
public sealed class ImageFixture : IAsyncLifetime
{
    public const string Debian = "debian:bookworm-slim";

    private readonly string _prefix = $"seatrial-test-{Guid.NewGuid():N}";
    private readonly HashSet<string> _names = [];
    private DockerDriver? _driver;

    public DockerDriver Driver => _driver ?? throw new InvalidOperationException("The fixture is not initialised.");

    public IImages Images => Driver.Images;

    public ICanBuildImages Builder => (ICanBuildImages)Driver.Images;

    /// <summary>A name of this test's own; its images go at the end.</summary>
    public string NameOf(string name)
    {
        lock (_names)
        {
            _names.Add($"{_prefix}/{name}");
        }

        return $"{_prefix}/{name}";
    }

    public async ValueTask InitializeAsync()
    {
        var token = TestContext.Current.CancellationToken;
        _driver = await DockerDriver.ConnectAsync(
            Environment.GetEnvironmentVariable("DOCKER_HOST"), TimeProvider.System, token);
        using var system = new ImageSystem();
        system.WithForeign("any", Debian);
        await new ImageBuilder(_driver, TimeProvider.System).EnsureAsync(
            system.Project, system.Spec, progress: null, token);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var name in _names)
        {
            // By label those that were built here, and by name those that were only tagged.
            var built = await Images.ListAsync("seatrial.image", name, CancellationToken.None);
            foreach (var reference in built.SelectMany(image => image.Tags).Append(name))
            {
                await Images.RemoveAsync(reference, CancellationToken.None);
            }
        }

        await Driver.DisposeAsync();
    }
}
