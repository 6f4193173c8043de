using System.CommandLine;
using Seatrial.Cli.Trends;
using Seatrial.Cli.Trials;
using Seatrial.Engine.Checks;
using Seatrial.Engine.Runs;
using Seatrial.Reports;
using Seatrial.Suites;

namespace Seatrial.Cli.Verifying;

/// <summary><c>seatrial verify RUN</c>.</summary>
internal static class VerifyCommand
{
    public static Command Create(ProgramHost host)
    {
        var run = new Argument<string>("run") { Description = $"A run's folder, or its id below {RunFolder.Runs}." };
        var command = new Command("verify", "Judge a kept run again, from its evidence alone.") { run };
        command.SetAction(
            (parsed, cancellationToken) => RunAsync(parsed.GetRequiredValue(run), host, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string run, ProgramHost host, CancellationToken cancellationToken)
    {
        var folder = RunFolder.Open(run, host.Directory);
        var result = await AutomatedTestFramework.GenerateTestReportsAsync(folder, cancellationToken);
        var reports = await ReportSet.WriteAsync(result, folder.Path, cancellationToken);
        Summary.Write(Consoles.For(host), result, reports);

        // A run that the store does not have comes into it like this.
        var record = await RunRecord.ReadAsync(folder, cancellationToken);
        foreach (var warning in RunKeeping.KeepAgain(result, record, folder, host.Directory))
        {
            await host.Error.WriteLineAsync(warning.ToString());
        }

        return (int)result.Verdict.ToExitCode();
    }
}
