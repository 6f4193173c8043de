using System.CommandLine;
using Seatrial.Cli.Systems;
using Seatrial.Engine;
using Seatrial.Engine.Drivers;
using Seatrial.Engine.Environments;
using Seatrial.Engine.Standing;

namespace Seatrial.Cli.Standing;

/// <summary>A system that a command works on, its files read and its engine reached.</summary>
internal sealed class StandingSystem : IAsyncDisposable
{
    private readonly SystemWords _words;

    private StandingSystem(SystemWords words, StandingFiles files, IContainerDriver driver) =>
        (_words, Files, Driver) = (words, files, driver);

    public StandingFiles Files { get; }

    public IContainerDriver Driver { get; }

    /// <summary>The name on the engine.</summary>
    public string Name => Files.Project.Name;

    /// <summary>Those that were named on the command line, else all.</summary>
    public IReadOnlyList<string> Services => _words.ServicesOf(Files.Project);

    public static Argument<string[]> Words { get; } = new("words")
    {
        Description = "The system (a Compose file or its folder; the current folder if not given), then services.",
        Arity = ArgumentArity.ZeroOrMore,
        HelpName = "[SYSTEM] SERVICE",
    };

    public static Option<string?> ProjectName { get; } = new("--project-name", "-p")
    {
        Description = "The project's name on the engine; the file's, if not given.",
    };

    /// <exception cref="SeatrialException">Files, services or engine are not as they have to be.</exception>
    public static async Task<StandingSystem> OpenAsync(
        ParseResult parsed, ProgramHost host, CancellationToken cancellationToken)
    {
        var words = SystemWords.Of(parsed.GetValue(Words) ?? [], host);
        return await OpenAsync(words, parsed, host, cancellationToken);
    }

    /// <exception cref="SeatrialException">Files, services or engine are not as they have to be.</exception>
    public static async Task<StandingSystem> OpenAsync(
        SystemWords words, ParseResult parsed, ProgramHost host, CancellationToken cancellationToken)
    {
        var files = StandingFiles.Read(words.System, parsed.GetValue(ProjectName), host);
        words.ServicesOf(files.Project);
        return new StandingSystem(words, files, await EngineAccess.OpenAsync(host, cancellationToken));
    }

    public Task<StandingProject> ObserveAsync(CancellationToken cancellationToken) =>
        StandingProject.ObserveAsync(Driver, Name, cancellationToken);

    /// <summary>The containers there are of the services that were named, running or not.</summary>
    /// <exception cref="SeatrialException">There is none.</exception>
    public async Task<IReadOnlyList<StandingContainer>> ContainersAsync(CancellationToken cancellationToken)
    {
        var services = Services;
        var all = (await ObserveAsync(cancellationToken)).Containers;
        var chosen = all.Where(container => services.Contains(container.Service)).ToList();
        return chosen.Count > 0 ? chosen : throw new SeatrialException(
            ExitCode.Unavailable,
            all.Count is 0
                ? $"{Name} is not up."
                : $"No container of {string.Join(", ", services)} is there.",
            $"engine, label {RunLabels.Project}={Name}",
            "Bring it up: seatrial up");
    }

    public ValueTask DisposeAsync() => Driver.DisposeAsync();
}
