using Seatrial.Engine.Measurements;
using Seatrial.Reports;
using Spectre.Console;

namespace Seatrial.Cli.Trials;

/// <summary>What was measured, phase by phase, on the terminal.</summary>
internal static class PerformanceLines
{
    public static void Write(IAnsiConsole console, PerformanceResult result)
    {
        console.WriteLine();
        var grid = new Grid().AddColumn(new GridColumn().NoWrap().PadLeft(2).PadRight(2));
        foreach (var _ in PhaseColumns.Names.Skip(1))
        {
            grid.AddColumn(new GridColumn().NoWrap().RightAligned().PadRight(2));
        }

        grid.AddRow([.. PhaseColumns.Names.Select(head => new Markup($"[grey]{head}[/]"))]);
        foreach (var phase in result.Phases)
        {
            var style = phase.Span.IsMeasured ? new Style(decoration: Decoration.Bold) : Style.Plain;
            grid.AddRow([.. PhaseColumns.Of(phase).Select(cell => new Text(cell, style))]);
        }

        console.Write(grid);
        console.WriteLine();
        console.MarkupLine($"  [grey]together[/]  {Markup.Escape(PhaseColumns.Together(result.Metrics))}");
        if (PhaseColumns.Capacity(result) is { } capacity)
        {
            console.MarkupLine($"  [grey]capacity[/]  {Markup.Escape(capacity)}");
        }

        console.WriteLine();
    }
}
