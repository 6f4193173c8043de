using System.CommandLine;
using Seatrial.Cli.Building;
using Seatrial.Cli.Chaos;
using Seatrial.Cli.Faults;
using Seatrial.Cli.Machine;
using Seatrial.Cli.New;
using Seatrial.Cli.Scaling;
using Seatrial.Cli.Standing;
using Seatrial.Cli.Systems;
using Seatrial.Cli.Trends;
using Seatrial.Cli.Trials;
using Seatrial.Cli.Tuning;
using Seatrial.Cli.Validating;
using Seatrial.Cli.Verifying;
using Seatrial.Engine;
using Seatrial.Engine.Text;

namespace Seatrial.Cli;

/// <summary>The commands and their options.</summary>
internal static class CommandLine
{
    public static async Task<int> InvokeAsync(string[] args, ProgramHost host, CancellationToken cancellationToken)
    {
        var root =
            new RootCommand("Sea trials for distributed workers: real containers, real faults, proof from the log.")
        {
            TrialCommand.Create(host),
            ChaosCommand.Create(host),
            BuildCommand.Create(host),
            ImagesCommand.Create(host),
            VerifyCommand.Create(host),
            RunsCommand.Create(host),
            TrendCommand.Create(host),
            CompareCommand.Create(host),
            ScalingCommand.Create(host),
            TuneCommand.Create(host),
            ValidateCommand.Create(host),
            ConfigCommand.Create(host),
            FaultsCommand.Create(host),
            DoctorCommand.Create(host),
            PruneCommand.Create(host),
            CompletionCommand.Create(host),
            NewCommand.Create(host),
            InitCommand.Create(host),
        };
        foreach (var command in StandingCommands.Create(host))
        {
            root.Add(command);
        }

        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            throw new SeatrialException(ExitCode.Usage, [.. Problems(parsed, args)]);
        }

        // The program answers signals itself, and tells its own bugs.
        var configuration = new InvocationConfiguration
        {
            Output = host.Out,
            Error = host.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        return await parsed.InvokeAsync(configuration, cancellationToken);
    }

    private static IEnumerable<Problem> Problems(ParseResult parsed, string[] args)
    {
        var where = "command line: seatrial " + string.Join(' ', args);
        if (parsed.CommandResult.Command is RootCommand root && parsed.UnmatchedTokens is [var unknown, ..])
        {
            var names = root.Subcommands.Select(command => command.Name).ToList();
            return
            [
                new Problem
                {
                    What = $"There is no command '{unknown}'.",
                    Where = where,
                    Fix = Suggestions.DidYouMean(unknown, names) + $"There are: {string.Join(", ", names)}.",
                },
            ];
        }

        return parsed.Errors.Select(error => new Problem
        {
            What = error.Message,
            Where = where,
            Fix = "See `seatrial --help`.",
        });
    }
}
