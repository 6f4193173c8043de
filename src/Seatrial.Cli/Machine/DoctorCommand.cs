using System.CommandLine;
using Seatrial.Cli.Systems;
using Seatrial.Engine;
using Seatrial.Engine.Machines;
using Spectre.Console;

namespace Seatrial.Cli.Machine;

/// <summary><c>seatrial doctor</c>.</summary>
internal static class DoctorCommand
{
    public static Command Create(ProgramHost host)
    {
        var command = new Command(
            "doctor", "Look at this machine and its engine: what is missing, and what that costs.");
        command.SetAction((_, cancellationToken) => RunAsync(host, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ProgramHost host, CancellationToken cancellationToken)
    {
        var findings = new List<MachineFinding>(await EngineAsync(host, cancellationToken));
        findings.AddRange(await HostChecks.LookAsync(host.Directory, cancellationToken));
        var table = Tables.Plain("", "", "").HideHeaders();
        foreach (var finding in findings)
        {
            table.AddRow(
                new Text(Mark(finding.State), Style(finding.State)),
                new Text(finding.Name),
                new Text(string.Join(' ', Sentences(finding))));
        }

        Consoles.For(host).Write(table);
        var vital = findings.Any(finding => finding is { IsVital: true, State: not MachineState.Good });
        await host.Out.WriteLineAsync(vital ? "Seatrial can't work here." : "Seatrial can work here.");
        return (int)(vital ? ExitCode.Unavailable : ExitCode.Pass);
    }

    private static async Task<IReadOnlyList<MachineFinding>> EngineAsync(
        ProgramHost host, CancellationToken cancellationToken)
    {
        try
        {
            await using var driver = await EngineAccess.OpenAsync(host, cancellationToken);
            return await EngineChecks.LookAsync(driver, host.Clock, cancellationToken);
        }
        catch (SeatrialException unreachable)
        {
            var problem = unreachable.Problems[0];
            return
            [
                new MachineFinding(
                    "engine", MachineState.Missing, problem.What.TrimEnd('.'), "No container can run.", problem.Fix)
                {
                    IsVital = true,
                },
            ];
        }
    }

    private static IEnumerable<string> Sentences(MachineFinding finding)
    {
        yield return finding.Cost is null ? finding.Seen : finding.Seen.TrimEnd('.') + ".";
        if (finding.Cost is not null)
        {
            yield return finding.Cost;
        }

        if (finding.Fix is not null)
        {
            yield return $"Fix: {finding.Fix}";
        }
    }

    private static string Mark(MachineState state) => state switch
    {
        MachineState.Good => "✓",
        MachineState.Missing => "✗",
        MachineState.Poor => "!",
    };

    private static Style Style(MachineState state) => new(state switch
    {
        MachineState.Good => Color.Green,
        MachineState.Missing => Color.Red,
        MachineState.Poor => Color.Yellow,
    });
}
