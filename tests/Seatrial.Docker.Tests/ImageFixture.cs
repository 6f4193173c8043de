using Seatrial.Engine.Drivers;
using Seatrial.Testing;

namespace Seatrial.Docker.Tests;

/// <summary>The tests' engine, and names of images on it that nobody else has.</summary>
public sealed class ImageFixture : IAsyncLifetime
{
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

    public async ValueTask InitializeAsync() => _driver = await TestEngine.DriverAsync();

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
    }
}
