using System.CommandLine;
using System.Text.Json.Nodes;
using Seatrial.Cli.Validating;
using Seatrial.Engine;
using Seatrial.Engine.Checks;
using Seatrial.Engine.Runs;
using Seatrial.Engine.Trends;
using Spectre.Console;

namespace Seatrial.Cli.Trends;

/// <summary><c>seatrial runs [SYSTEM] [--last N] [--json]</c>.</summary>
internal static class RunsCommand
{
    private const int UsualLast = 20;

    public static Command Create(ProgramHost host)
    {
        var system = new Argument<string?>("system")
        {
            Description = "Only runs of this system.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var last = new Option<int?>("--last")
        {
            Description = $"How many of the newest; {UsualLast}, if not given.",
            CustomParser = WholeNumbers.Parse<int>,
        };
        var json = TrendOptions.Json();
        var command = new Command("runs", "List the runs that are kept, the newest last.") { system, last, json };
        command.SetAction(parsed => Run(
            parsed.GetValue(system), parsed.GetValue(last) ?? UsualLast, parsed.GetValue(json), host));
        return command;
    }

    private static int Run(string? system, int last, bool isJson, ProgramHost host)
    {
        using var store = RunStore.OpenKept(host.Directory);
        IReadOnlyList<RunEntry> runs = store is null ? [] : [.. TrendOptions.Runs(store, system).TakeLast(last)];
        if (isJson)
        {
            host.Out.Write(JsonForm.Text(new JsonArray([.. runs.Select(RunJsonForm.Of)])));
        }
        else if (runs.Count == 0)
        {
            host.Out.WriteLine($"No run is kept in {RunStore.Name} yet: `seatrial trial SYSTEM` makes the first.");
        }
        else
        {
            Write(runs, host);
        }

        return (int)ExitCode.Pass;
    }

    private static void Write(IReadOnlyList<RunEntry> runs, ProgramHost host)
    {
        var table = Tables.Plain("run", "system", "suite", "verdict", "records/s", "p50", "p99", "time");
        foreach (var run in runs)
        {
            table.AddRow(
                new Text(run.Id),
                new Text(run.System),
                new Text(run.Suite),
                new Markup($"[{Colour(run.Verdict)}]{VerdictSentences.Mark(run.Verdict)}[/] "
                    + (run.StoppedBecause is null ? run.Verdict.ToString().ToLowerInvariant() : "stopped")),
                new Text(MetricText.Value(run, MetricName.Usual[0]).Replace("/s", "", StringComparison.Ordinal)),
                new Text(MetricText.Value(run, MetricName.Usual[1])),
                new Text(MetricText.Value(run, MetricName.Usual[3])),
                new Text(Figures.Duration(run.Duration)));
        }

        // The time that a run began is in its id.
        table.Columns[0].NoWrap();
        Consoles.For(host).Write(table);
    }

    private static string Colour(Verdict verdict) => verdict switch
    {
        Verdict.Pass => "green",
        Verdict.Fail => "red",
        Verdict.Unknown => "yellow",
    };
}
