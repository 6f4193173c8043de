using Seatrial.Engine.Checks;
using Seatrial.Engine.Runs;
using Seatrial.Engine.Trends;
using Spectre.Console;

namespace Seatrial.Cli.Trends;

/// <summary>Changes on the terminal: each with its interval, then what they come to.</summary>
internal static class ChangeTable
{
    public static void Write(IReadOnlyList<MetricChange> changes, double least, string words, ProgramHost host)
    {
        var console = Consoles.For(host);
        console.WriteLine();
        console.Write(Rows(changes));
        console.WriteLine();
        foreach (var line in Sentences(changes, least))
        {
            console.MarkupLine(line);
        }

        console.MarkupLine($"[grey]{Markup.Escape(words)}[/]");
    }

    /// <summary>A row a metric.</summary>
    public static Table Rows(IReadOnlyList<MetricChange> changes)
    {
        var table = Tables.Plain("", "metric", "before", "after", "change", "95 % between", "records");
        table.Columns[0].PadRight(1);
        foreach (var change in changes)
        {
            var name = NameOf(change);
            table.AddRow(
                new Markup($"[{Colour(change.Kind)}]{Mark(change.Kind)}[/]"),
                new Text(change.Metric),
                new Text(MetricText.Value(name, change.Before)),
                new Text(MetricText.Value(name, change.After)),
                new Text(change.Ratio is { } ratio ? MetricText.Change(ratio.Estimate) : "–"),
                new Text(change.Ratio is { } interval
                    ? $"{MetricText.Change(interval.Low)} … {MetricText.Change(interval.High)}" : "–"),
                new Text($"{Figures.Count(change.CountBefore)} / {Figures.Count(change.CountAfter)}"));
        }

        return table;
    }

    private static IEnumerable<string> Sentences(IReadOnlyList<MetricChange> changes, double least)
    {
        var worse = changes.Where(change => change.Kind is ChangeKind.Worse).ToList();
        yield return ChangeKinds.Verdict(changes) switch
        {
            Verdict.Fail => $"[bold red]✗ REGRESSION[/]  {string.Join("; ", worse.Select(Say))}",
            Verdict.Pass => $"[bold green]✓ NO REGRESSION[/]  Nothing is worse by {Percent(least)} or more.",
            Verdict.Unknown => $"[bold yellow]? UNKNOWN[/]  {Unknown(changes, least)}",
        };
        foreach (var better in changes.Where(change => change.Kind is ChangeKind.Better))
        {
            yield return $"[green]✓[/] better: {Say(better)}";
        }

        foreach (var change in changes.Where(change => change.Because is not null))
        {
            yield return $"[grey]· {Markup.Escape(change.Metric)}: {Markup.Escape(change.Because ?? "")}.[/]";
        }
    }

    private static string Unknown(IReadOnlyList<MetricChange> changes, double least)
    {
        var unclear = changes.Where(change => change.Kind is ChangeKind.Unclear).Select(change => change.Metric);
        var missing = changes.Where(change => change.Kind is ChangeKind.Missing).Select(change => change.Metric);
        string?[] parts =
        [
            changes.Count == 0 ? "Neither run has a metric" : null,
            unclear.Any() ? $"{string.Join(", ", unclear)} may be worse by {Percent(least)} or more, or by less: "
                + "longer or more runs tell" : null,
            missing.Any() ? $"{string.Join(", ", missing)} can't be compared" : null,
        ];
        return Markup.Escape(string.Join("; ", parts.OfType<string>())) + ".";
    }

    private static string Say(MetricChange change)
    {
        var name = NameOf(change);
        return Markup.Escape($"{change.Metric} from {MetricText.Value(name, change.Before)} to "
            + MetricText.Value(name, change.After)
            + (change.Ratio is { } ratio ? $" ({MetricText.Change(ratio.Estimate)})" : ""));
    }

    private static string Percent(double part) => Figures.Number(100 * part) + " %";

    private static MetricName NameOf(MetricChange change) =>
        MetricName.Parse(change.Metric) ?? throw new InvalidOperationException($"{change.Metric} is no metric.");

    public static string Mark(ChangeKind kind) => kind switch
    {
        ChangeKind.Same => "=",
        ChangeKind.Better => "✓",
        ChangeKind.Worse => "✗",
        ChangeKind.Unclear => "?",
        ChangeKind.Missing => "–",
    };

    public static string Colour(ChangeKind kind) => kind switch
    {
        ChangeKind.Same => "grey",
        ChangeKind.Better => "green",
        ChangeKind.Worse => "red",
        ChangeKind.Unclear or ChangeKind.Missing => "yellow",
    };
}
