using System.CommandLine;
using Seatrial.Cli.Building;
using Seatrial.Cli.Trials;
using Seatrial.Cli.Verifying;
using Seatrial.Engine;

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
            BuildCommand.Create(host),
            VerifyCommand.Create(host),
        };
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            throw new SeatrialException(ExitCode.Usage, [.. parsed.Errors.Select(error => new Problem
            {
                What = error.Message,
                Where = "command line: seatrial " + string.Join(' ', args),
                Fix = "See `seatrial --help`.",
            })]);
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
}
