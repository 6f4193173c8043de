using Seatrial.Docker;
using Seatrial.Engine.Compose;
using Seatrial.Engine.Environments;
using Seatrial.Engine.Images;
using Seatrial.Engine.Specs;

namespace Seatrial.Testing;

/// <summary>The Docker Engine that tests run on, found as the program finds it.</summary>
public static class TestEngine
{
    /// <summary>An image that <see cref="DriverAsync"/> makes sure of.</summary>
    public const string Image = "debian:bookworm-slim";

    private static readonly Lazy<Task<DockerDriver>> _driver = new(ConnectAsync);

    /// <summary>The value of <c>DOCKER_HOST</c>.</summary>
    public static string? Host => Environment.GetEnvironmentVariable("DOCKER_HOST");

    /// <summary>A name that no other run has.</summary>
    public static string NewRunId() => $"t{Guid.NewGuid():N}"[..12];

    /// <summary>One driver for the whole test process; what killed test processes left is swept first.</summary>
    public static Task<DockerDriver> DriverAsync() => _driver.Value;

    /// <summary>The system under <c>systems/rpa</c>.</summary>
    public static (ComposeProject Project, SystemSpec Spec) Rpa()
    {
        var compose = ComposeReader.Read(Repository.PathOf("systems/rpa"), new Dictionary<string, string>());
        var project = compose.Project ?? throw new InvalidDataException(string.Join('\n', compose.Problems));
        var spec = SpecReader.Read(project, new Dictionary<string, string>());
        return (project, spec.Spec ?? throw new InvalidDataException(string.Join('\n', spec.Problems)));
    }

    private static async Task<DockerDriver> ConnectAsync()
    {
        var driver = await DockerDriver.ConnectAsync(Host, TimeProvider.System, CancellationToken.None);
        await Sweeper.SweepAsync(driver, RunOwner.Current, CancellationToken.None);
        var (project, spec) = Rpa();
        var service = new ComposeService { Name = "debian", Image = Image };
        await new ImageBuilder(driver, TimeProvider.System).EnsureAsync(
            project with { Services = new Dictionary<string, ComposeService> { ["debian"] = service } },
            spec.Images with { Publish = [], Bases = [] },
            progress: null,
            CancellationToken.None);
        return driver;
    }
}
