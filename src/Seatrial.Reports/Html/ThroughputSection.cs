using Seatrial.Engine.Runs;

namespace Seatrial.Reports.Html;

/// <summary>Records done and waiting over time, by queue, above the faults on the same axis.</summary>
internal static class ThroughputSection
{
    public static void Write(HtmlBuilder html, SuiteResult suite, LoadClock clock)
    {
        html.Add($"<section><h3>Faults over throughput, backlog and latency</h3>");
        var seconds = suite.Series.Select(Seconds).DefaultIfEmpty().Max();
        if (seconds == 0)
        {
            html.Add($"""<p class="note">The log holds no second of load to draw.</p></section>""");
            return;
        }

        var buckets = Buckets.For(seconds);
        var table = Tags.Slug($"{suite.Name}-figures");
        WriteLegend(html, suite, buckets);
        new ThroughputChart(suite, clock, buckets, seconds).Write(html, table);
        html.Add($"""<p class="readout mono" aria-hidden="true" data-for="{table}"></p>""");
        WriteFigures(html, suite, buckets, table);
        html.Add($"</section>");
    }

    private static int Seconds(QueueSeries series) =>
        Math.Max(series.Done.Count, Math.Max(series.Backlog.Count, series.Enqueued.Count));

    private static void WriteLegend(HtmlBuilder html, SuiteResult suite, Buckets buckets)
    {
        html.Add($"""<ul class="legend">""");
        for (var i = 0; i < suite.Series.Count; i++)
        {
            html.Add($"""
                <li><svg width="28" height="10" aria-hidden="true"><line class="line {Tags.Queue(i)}" x1="0" x2="28"
                y1="5" y2="5"/></svg> {suite.Series[i].Queue}</li>
                """);
        }

        if (suite.Latency is not null)
        {
            html.Add($"""
                <li><svg width="28" height="10" aria-hidden="true"><line class="line p50" x1="0" x2="28" y1="5" y2="5"/>
                </svg> latency p50</li><li><svg width="28" height="10" aria-hidden="true"><line class="line p99" x1="0"
                x2="28" y1="5" y2="5"/></svg> p99</li>
                """);
        }

        if (suite.Faults.Count > 0)
        {
            html.Add($"""
                <li>▼ injected</li><li>● confirmed</li><li>▲ healed</li><li>◆ confirmed healed</li>
                <li>hatched: not proven</li>
                """);
        }

        if (buckets.Width > 1)
        {
            html.Add($"""
                <li>each point is {buckets.Width} seconds: line mean, band least to most; backlog is the most</li>
                """);
        }

        html.Add($"</ul>");
    }

    /// <summary>What the chart shows, for those who can't see it, and for the script that reads it out.</summary>
    private static void WriteFigures(HtmlBuilder html, SuiteResult suite, Buckets buckets, string id)
    {
        html.Add($"""
            <details class="figures"><summary>Figures by second</summary>
            <div class="scroll"><table id="{id}"><thead><tr><th class="num" scope="col">second</th>
            """);
        foreach (var series in suite.Series)
        {
            html.Add($"""
                <th class="num" scope="col">{series.Queue} in/s</th>
                <th class="num" scope="col">{series.Queue} done/s</th>
                <th class="num" scope="col">{series.Queue} backlog</th>
                """);
        }

        if (suite.Latency is not null)
        {
            html.Add($"""<th class="num" scope="col">p50 s</th><th class="num" scope="col">p99 s</th>""");
        }

        html.Add($"</tr></thead><tbody>");
        var columns = suite.Series
            .SelectMany(series => (double[][])
                [buckets.Means(series.Enqueued), buckets.Means(series.Done), buckets.Highs(series.Backlog)])
            .Select(column => Array.ConvertAll(column, value => (double?)value))
            .Concat(suite.Latency is { } latency ? [buckets.Highs(latency.P50), buckets.Highs(latency.P99)] : [])
            .ToArray();
        for (var row = 0; row < columns.Max(column => column.Length); row++)
        {
            html.Add($"""<tr><th class="num" scope="row">{buckets.Name(row)}</th>{Cells(columns, row)}</tr>""");
        }

        html.Add($"</tbody></table></div></details>");
    }

    private static Fragment Cells(double?[][] columns, int row) => new(string.Concat(columns.Select(column =>
        $"""<td class="num">{(row < column.Length && column[row] is { } figure
            ? Figures.Number(figure, 3) : "")}</td>""")));
}
