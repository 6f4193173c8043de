using Seatrial.Engine.Measurements;
using Seatrial.Engine.Runs;

namespace Seatrial.Reports.Html;

/// <summary>What each container used: over time, and in all.</summary>
internal static class ResourcesSection
{
    public static void Write(HtmlBuilder html, SuiteResult suite)
    {
        if (suite.Resources is not { } report)
        {
            return;
        }

        html.Add($"<section><h3>Resources by container</h3>");
        foreach (var gap in report.Gaps)
        {
            html.Add($"""<p class="note">{gap}</p>""");
        }

        var seconds = report.Containers.Select(use => use.CoresBySecond.Count).DefaultIfEmpty().Max();
        if (seconds > 0)
        {
            var (buckets, table) = (Buckets.For(seconds), Tags.Slug($"{suite.Name}-resources"));
            WriteLegend(html, report.Containers);
            new ResourceChart(report.Containers, buckets, seconds).Write(html, table);
            html.Add($"""<p class="readout mono" aria-hidden="true" data-for="{table}"></p>""");
            WriteTotals(html, report.Containers);
            WriteFigures(html, report.Containers, buckets, table);
        }

        html.Add($"</section>");
        DatabaseSection.Write(html, report.Database);
    }

    private static void WriteLegend(HtmlBuilder html, IReadOnlyList<ContainerUse> containers)
    {
        html.Add($"""<ul class="legend">""");
        foreach (var (i, use) in containers.Index())
        {
            html.Add($"""
                <li><svg width="28" height="10" aria-hidden="true"><line class="line {Tags.Queue(i)}" x1="0" x2="28"
                y1="5" y2="5"/></svg> {use.Container}</li>
                """);
        }

        html.Add($"</ul>");
    }

    private static void WriteTotals(HtmlBuilder html, IReadOnlyList<ContainerUse> containers)
    {
        html.Add($"""
            <div class="scroll"><table><caption>host is the whole machine. A dash: not limited, or not to be
            seen.</caption><thead><tr><th scope="col">container</th>
            """);
        foreach (var name in (string[])["cores", "most", "limit", "cut short", "memory", "limit", "read", "written",
            "received", "sent", "handles", "output"])
        {
            html.Add($"""<th class="num" scope="col">{name}</th>""");
        }

        html.Add($"</tr></thead><tbody>");
        foreach (var use in containers)
        {
            html.Add($"""<tr><th class="mono" scope="row">{Name(use)}</th>""");
            foreach (var cell in Cells(use))
            {
                html.Add($"""<td class="num">{cell}</td>""");
            }

            html.Add($"</tr>");
        }

        html.Add($"</tbody></table></div>");
    }

    private static string Name(ContainerUse use) =>
        use.Lives > 1 ? $"{use.Container} ({Figures.Count(use.Lives, "start")})" : use.Container;

    private static IEnumerable<string> Cells(ContainerUse use) =>
    [
        Figures.Number(use.Cores, 2),
        Figures.Number(use.MostCores, 2),
        use.CpuLimit is { } limit ? Figures.Number(limit, 2) : "–",
        use.Throttled > 0 ? Figures.Percent(use.Throttled, 1) : "–",
        Figures.Bytes(use.MostMemory),
        use.MemoryLimit is { } bytes ? Figures.Bytes(bytes) : "–",
        Figures.Bytes(use.Read),
        Figures.Bytes(use.Written),
        Figures.Bytes(use.Received),
        Figures.Bytes(use.Sent),
        use.MostFiles is { } files ? Figures.Count(files) : "–",
        use.Log is { } log ? Figures.Bytes(log) : "–",
    ];

    /// <summary>What the chart shows, for those who can't see it, and for the script that reads it out.</summary>
    private static void WriteFigures(
        HtmlBuilder html, IReadOnlyList<ContainerUse> containers, Buckets buckets, string id)
    {
        html.Add($"""
            <details class="figures"><summary>Figures by second</summary>
            <div class="scroll"><table id="{id}"><thead><tr><th class="num" scope="col">second</th>
            """);
        foreach (var use in containers)
        {
            html.Add($"""
                <th class="num" scope="col">{use.Container} cores</th><th class="num" scope="col">{use.Container}
                MiB</th>
                """);
        }

        html.Add($"</tr></thead><tbody>");
        var columns = containers
            .SelectMany(use => (double?[][])[buckets.Means(use.CoresBySecond), buckets.Highs(use.MemoryBySecond)])
            .ToArray();
        for (var row = 0; row < columns.Max(column => column.Length); row++)
        {
            html.Add($"""<tr><th class="num" scope="row">{buckets.Name(row)}</th>{Cells(columns, row)}</tr>""");
        }

        html.Add($"</tbody></table></div></details>");
    }

    private static Fragment Cells(double?[][] columns, int row) => new(string.Concat(columns.Select(column =>
        $"""<td class="num">{(row < column.Length && column[row] is { } figure
            ? Figures.Number(figure, 2) : "")}</td>""")));
}
