using System.CommandLine;
using Seatrial.Cli.Systems;
using Seatrial.Engine;
using Seatrial.Engine.Environments;
using Seatrial.Engine.Text;

namespace Seatrial.Cli.Machine;

/// <summary><c>seatrial prune [--older-than AGE] [--run ID] [--running] [--dry-run]</c>.</summary>
internal static class PruneCommand
{
    public static Command Create(ProgramHost host)
    {
        var age = new Option<string>("--older-than")
        {
            Description = "Only what is older than this: 90s, 30m, 24h.",
            DefaultValueFactory = _ => "0s",
        };
        var run = new Option<string?>("--run") { Description = "Only of this run, or of this project that stands." };
        var running = new Option<bool>("--running") { Description = "Also containers that run, with what they use." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Say what would go, and remove nothing." };
        var command = new Command("prune", "Remove what Seatrial left on the engine: kept runs, systems that stand.")
        {
            age,
            run,
            running,
            dryRun,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var least = AgeOf(parsed.GetRequiredValue(age));
            await using var driver = await EngineAccess.OpenAsync(host, cancellationToken);
            var leftovers = new Leftovers(driver);
            var found = await leftovers.FindAsync(
                least, parsed.GetValue(run), parsed.GetValue(running), cancellationToken);
            var isDry = parsed.GetValue(dryRun);
            var problems = isDry ? [] : await leftovers.RemoveAsync(found, cancellationToken);
            Tell(found, isDry, host);
            foreach (var problem in problems)
            {
                await host.Error.WriteLineAsync(problem.ToString());
            }

            return (int)(problems.Count > 0 ? ExitCode.Unavailable : ExitCode.Pass);
        });
        return command;
    }

    private static void Tell(IReadOnlyList<Leftover> found, bool isDry, ProgramHost host)
    {
        foreach (var one in found.OrderBy(one => one.Run, StringComparer.Ordinal).ThenBy(one => one.Kind))
        {
            host.Out.WriteLine(
                $"{(isDry ? "would remove" : "removed")} {one.Kind.ToString().ToLowerInvariant(),-10}{one.Name}");
        }

        if (found.Count is 0)
        {
            host.Out.WriteLine("Nothing to remove.");
        }
    }

    private static TimeSpan AgeOf(string text) => Durations.Parse(text) ?? throw new SeatrialException(
        ExitCode.Usage, $"'{text}' is no age.", "command line: --older-than", "Write 90s, 30m or 24h.");
}
