using System.CommandLine;
using Seatrial.Engine;
using Seatrial.Engine.Drivers;

namespace Seatrial.Cli.Standing;

/// <summary><c>seatrial exec [OPTIONS] [SYSTEM] SERVICE COMMAND…</c>.</summary>
internal static class ExecCommand
{
    private static readonly Option<int> _index = new("--index")
    {
        Description = "Which container of the service, from 1.",
        DefaultValueFactory = _ => 1,
        CustomParser = result => WholeNumbers.Parse<int>(result) ?? 1,
    };

    private static readonly Option<string?> _user = new("--user", "-u") { Description = "As whom it runs." };

    private static readonly Option<string?> _folder = new("--workdir", "-w") { Description = "Where it runs." };

    private static readonly Option<string[]> _environment = new("--env", "-e")
    {
        Description = "A variable: NAME=value.",
    };

    private static readonly Option<bool> _privileged = new("--privileged")
    {
        Description = "With all of root's powers.",
    };

    private static readonly Option<bool> _noTerminal = new("--no-tty", "-T") { Description = "Without a terminal." };

    public static Command Create(ProgramHost host)
    {
        var command = new Command("exec", "Run a command in a container: [SYSTEM] SERVICE COMMAND…")
        {
            _index,
            _user,
            _folder,
            _environment,
            _privileged,
            _noTerminal,
        };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed, host, cancellationToken));
        return StandingSystem.AddTo(command);
    }

    private static async Task<int> RunAsync(ParseResult parsed, ProgramHost host, CancellationToken cancellationToken)
    {
        var (place, rest) = StandingSystem.WordsOf(parsed, host);
        if (rest.Count < 2)
        {
            throw new SeatrialException(
                ExitCode.Usage, rest.Count is 0 ? "No service was named." : "No command was given.", "command line",
                "Write: seatrial exec [SYSTEM] SERVICE COMMAND…; before a command with options write --");
        }

        await using var system = await StandingSystem.OpenAsync(
            new SystemWords(place, [rest[0]]), parsed, host, cancellationToken);
        var request = new ExecRequest
        {
            Command = [.. rest.Skip(1)],
            User = parsed.GetValue(_user),
            WorkingDir = parsed.GetValue(_folder),
            Environment = parsed.GetValue(_environment) ?? [],
            Privileged = parsed.GetValue(_privileged),
        };
        return await ContainerShell.RunAsync(
            system, parsed.GetValue(_index), request, !parsed.GetValue(_noTerminal), host, cancellationToken);
    }
}
