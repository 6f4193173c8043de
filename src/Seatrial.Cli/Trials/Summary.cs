using System.Globalization;
using Seatrial.Engine.Checks;
using Seatrial.Engine.Faults;
using Seatrial.Engine.Plans;
using Seatrial.Engine.Recovery;
using Seatrial.Engine.Runs;
using Spectre.Console;

namespace Seatrial.Cli.Trials;

/// <summary>How a run ended, on the terminal: the verdict first, then what is not right, then the rest.</summary>
internal static class Summary
{
    private const int MostStories = 3;

    /// <summary>Writes the summary; <paramref name="files"/> are the reports, the most readable first.</summary>
    public static void Write(IAnsiConsole console, RunResult result, IReadOnlyList<string> files)
    {
        console.WriteLine();
        console.MarkupLine(
            $"[bold {Colour(result.Verdict)}]{VerdictSentences.Mark(result.Verdict)} {VerdictSentences.Word(result.Verdict)}[/]"
            + $"  {Markup.Escape(VerdictSentences.Proven(result))}");
        console.WriteLine();
        foreach (var suite in result.Suites)
        {
            WriteChecks(console, suite);
            for (var i = 0; i < suite.Faults.Count; i++)
            {
                WriteFault(console, suite.Faults[i], suite.Recovery.ElementAtOrDefault(i));
            }

            WriteMissing(console, suite.MissingFaults);
            if (suite.Performance is { } performance)
            {
                PerformanceLines.Write(console, performance);
            }

            console.MarkupLine($"  [grey]{Markup.Escape(Shares(suite))}[/]");
            if (suite.Resources?.Bottlenecks is [var first, ..])
            {
                console.WriteLine();
                console.MarkupLine($"  [grey]held up by[/] [bold]{Markup.Escape(first.Name)}[/] "
                    + Markup.Escape($"at {first.Where}, {Figures.Percent(first.Confidence, 1)} sure; see the report."));
            }
        }

        console.WriteLine();
        console.MarkupLine($"  [grey]repeat[/]  {Markup.Escape(result.Command)}");
        console.MarkupLine($"  [grey]report[/]  {Markup.Escape(files[0])}");
        console.MarkupLine(string.Create(
            CultureInfo.InvariantCulture,
                $"  [grey]time  [/]  {result.Duration.TotalSeconds:0.0} s [grey]{Markup.Escape(Steps(result))}[/]"));
    }

    private static void WriteChecks(IAnsiConsole console, SuiteResult suite)
    {
        var grid = new Grid()
            .AddColumn(new GridColumn().NoWrap().PadLeft(2).PadRight(1))
            .AddColumn(new GridColumn().NoWrap())
            .AddColumn();
        foreach (var check in suite.Checks.OrderBy(check => Rank(check.Verdict)))
        {
            grid.AddRow(
                new Markup($"[{Colour(check.Verdict)}]{VerdictSentences.Mark(check.Verdict)}[/]"),
                new Markup($"[bold]{Markup.Escape(check.Id)}[/]"),
                new Text(check.Summary));
            foreach (var finding in check.Findings.Take(MostStories))
            {
                grid.AddRow(new Text(""), new Text(
                    ""), new Markup($"[red]{Markup.Escape(finding.Record)}[/] {Markup.Escape(finding.Story)}"));
            }

            if (check.Findings.Count > MostStories)
            {
                grid.AddRow(new Text(""), new Text(""), new Markup(string.Create(
                    CultureInfo.InvariantCulture,
                        $"[grey]… and {check.Count - MostStories:N0} more, see the report[/]")));
            }
        }

        console.Write(grid);
    }

    private static void WriteMissing(IAnsiConsole console, IReadOnlyList<MissingFault> missing)
    {
        foreach (var reason in missing.GroupBy(one => one.Reason, one => one.Name))
        {
            console.MarkupLine($"  [grey]– {Markup.Escape(string.Join(", ", reason))}: not to be had here, "
                + $"{Markup.Escape(reason.Key)}[/]");
        }
    }

    private static void WriteFault(IAnsiConsole console, FaultRecord fault, FaultFigures? cost)
    {
        var colour = fault.Proven ? "green" : "yellow";
        console.MarkupLine(
            $"  [{colour}]⚡[/] [bold]{Markup.Escape(FaultPhrases.Title(fault))}[/] {Markup.Escape(FaultPhrases.Stage(fault))}"
            + (cost is null ? $" [grey]at {Markup.Escape(fault.Trigger)}[/]" : Cost(cost)));
    }

    private static string Cost(FaultFigures cost) => string.Concat(cost.Figures
        .Where(figure => figure.Value is not null && (figure.Value > 0 || figure.Verdict is not Verdict.Pass))
        .Select(figure => $" [{(figure.Verdict is Verdict.Fail ? "red" : "grey")}]{Measures.Key(figure.Measure)} "
            + $"{Markup.Escape(BudgetChecks.Text(figure))}[/]"));

    private static string Shares(SuiteResult suite) => string.Join("   ", suite.Workers
        .GroupBy(worker => (worker.Queue, Name: worker.Container ?? worker.Owner))
        .Select(group => string.Create(
            CultureInfo.InvariantCulture, $"{group.Key.Name} did {group.Sum(worker => worker.Done):N0}")));

    private static string Steps(RunResult result) => string.Join(", ", result.Steps.Select(step =>
        string.Create(CultureInfo.InvariantCulture, $"{step.Name} {step.Duration.TotalSeconds:0.0}")));

    private static int Rank(Verdict verdict) => verdict switch
    {
        Verdict.Fail => 0,
        Verdict.Unknown => 1,
        Verdict.Pass => 2,
    };

    private static string Colour(Verdict verdict) => verdict switch
    {
        Verdict.Pass => "green",
        Verdict.Fail => "red",
        Verdict.Unknown => "yellow",
    };
}
