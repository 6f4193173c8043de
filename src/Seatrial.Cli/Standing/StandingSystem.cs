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

    private static readonly Argument<string[]> _wordsArgument = new("words")
    {
        Description = "The system (a Compose file or its folder; the current folder if not given), then services.",
        Arity = ArgumentArity.ZeroOrMore,
        HelpName = "[SYSTEM] SERVICE",
    };

    private static readonly ComposeOptions _options = new("--file");

    /// <summary>Gives a command the words and options by which it is told its system.</summary>
    public static Command AddTo(Command command)
    {
        command.Add(_wordsArgument);
        _options.AddTo(command);
        return command;
    }

    /// <summary>The words after a command, those too that its options do not explain.</summary>
    public static SystemWords WordsOf(ParseResult parsed, ProgramHost host) => SystemWords.Of(
        [.. parsed.GetValue(_wordsArgument) ?? [], .. parsed.UnmatchedTokens], host);

    /// <summary>The files that the words mean.</summary>
    public static StandingFiles Read(SystemWords words, ParseResult parsed, ProgramHost host) =>
        StandingFiles.Read(
            _options.Request([words.System], parsed, host) with { Services = words.Services }, host);

    /// <exception cref="SeatrialException">Files, services or engine are not as they have to be.</exception>
    public static async Task<StandingSystem> OpenAsync(
        ParseResult parsed, ProgramHost host, CancellationToken cancellationToken) =>
        await OpenAsync(WordsOf(parsed, host), parsed, host, cancellationToken);

    /// <exception cref="SeatrialException">Files, services or engine are not as they have to be.</exception>
    public static async Task<StandingSystem> OpenAsync(
        SystemWords words, ParseResult parsed, ProgramHost host, CancellationToken cancellationToken)
    {
        var files = Read(words, parsed, host);
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
