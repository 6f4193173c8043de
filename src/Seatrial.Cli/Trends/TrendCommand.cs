using System.CommandLine;
using System.Text.Json.Nodes;
using Seatrial.Cli.Validating;
using Seatrial.Engine;
using Seatrial.Engine.Runs;
using Seatrial.Engine.Trends;
using Spectre.Console;

namespace Seatrial.Cli.Trends;

/// <summary><c>seatrial trend [SYSTEM] [--metric M] [--least 5%] [--json]</c>.</summary>
internal static class TrendCommand
{
    /// <summary>A bar a run, beside name and values.</summary>
    private const int MostBars = 60;

    private const int Beside = 66;

    public static Command Create(ProgramHost host)
    {
        var system = new Argument<string?>("system")
        {
            Description = "Only runs of this system.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var metrics = TrendOptions.Metrics();
        var least = TrendOptions.Least();
        var json = TrendOptions.Json();
        var command = new Command("trend", "Show how the figures of the kept runs went, and where they changed.")
        {
            system, metrics, least, json,
        };
        command.SetAction(parsed => Run(
            parsed.GetValue(system),
            TrendOptions.Names(parsed.GetValue(metrics) ?? []),
            parsed.GetValue(least) ?? ChangeKinds.UsualLeast,
            parsed.GetValue(json),
            host));
        return command;
    }

    private static int Run(
        string? system, IReadOnlyList<MetricName> names, double least, bool isJson, ProgramHost host)
    {
        using var store = RunStore.OpenKept(host.Directory);
        var series = store is null ? [] : MetricSeries.Of(TrendOptions.Runs(store, system), names, least);
        if (isJson)
        {
            host.Out.Write(JsonForm.Text(new JsonArray([.. series.Select(Json)])));
        }
        else if (series.Count == 0)
        {
            host.Out.WriteLine(
                $"No run that came to its end has {string.Join(" or ", names)}: `seatrial runs` lists what is kept.");
        }
        else
        {
            Write(series, host);
        }

        return (int)(series.Count == 0 ? ExitCode.Unknown : ExitCode.Pass);
    }

    private static void Write(IReadOnlyList<MetricSeries> all, ProgramHost host)
    {
        var console = Consoles.For(host);
        foreach (var group in all.GroupBy(series => series.Title))
        {
            console.MarkupLine($"[bold]{Markup.Escape(group.Key)}[/]");
            var table = Tables.Plain("metric", "runs", "", "last", "median", "least … most");
            foreach (var series in group)
            {
                var values = series.Values;
                table.AddRow(
                    new Text(series.Name.ToString()),
                    new Text(Figures.Count(values.Count)),
                    new Text(MetricText.Line([.. values.TakeLast(Math.Clamp(host.Width - Beside, 8, MostBars))])),
                    new Text(MetricText.Value(series.Name, values[^1])),
                    new Text(MetricText.Value(series.Name, Bootstrap.Median(values))),
                    new Text($"{MetricText.Value(series.Name, values.Min())} … "
                        + MetricText.Value(series.Name, values.Max())));
            }

            console.Write(table);
            foreach (var series in group)
            {
                WriteChanges(series, console, host.Clock);
            }

            console.WriteLine();
        }
    }

    private static void WriteChanges(MetricSeries series, IAnsiConsole console, TimeProvider clock)
    {
        foreach (var step in series.Steps)
        {
            var isWorse = step.After > step.Before == series.Name.IsCost;
            console.MarkupLine(
                $"  [{(isWorse ? "red" : "green")}]{(isWorse ? "✗" : "✓")}[/] {series.Name} went from "
                + $"{MetricText.Value(series.Name, step.Before)} to {MetricText.Value(series.Name, step.After)} "
                + $"({MetricText.Change(step.After / step.Before)}) with run {Markup.Escape(step.Run.Id)} "
                + $"[grey]of {MetricText.Moment(step.Run.StartedAt, clock)}[/]");
        }
    }

    private static JsonNode Json(MetricSeries series) => new JsonObject
    {
        ["system"] = series.Runs[0].System,
        ["suite"] = series.Runs[0].Suite,
        ["machine"] = series.Runs[0].Machine,
        ["records"] = series.Runs[0].Records,
        ["metric"] = series.Name.ToString(),
        ["values"] = new JsonArray([.. series.Runs.Select((run, i) => (JsonNode)new JsonObject
        {
            ["run"] = run.Id,
            ["startedAt"] = run.StartedAt,
            ["value"] = series.Values[i],
        })]),
        ["changes"] = new JsonArray([.. series.Steps.Select(step => (JsonNode)new JsonObject
        {
            ["run"] = step.Run.Id,
            ["before"] = step.Before,
            ["after"] = step.After,
        })]),
    };
}
