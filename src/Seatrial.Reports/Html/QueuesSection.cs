using Seatrial.Engine.Runs;

namespace Seatrial.Reports.Html;

/// <summary>Totals by queue, counted in the log.</summary>
internal static class QueuesSection
{
    public static void Write(HtmlBuilder html, SuiteResult suite)
    {
        if (suite.Queues.Count == 0)
        {
            return;
        }

        html.Add($"""
            <section><h3>Totals by queue</h3>
            <div class="scroll"><table>
            <caption>Counted in the write-ahead log; ≠ marks what differs from the records enqueued</caption>
            <thead><tr><th scope="col">queue</th>
            """);
        foreach (var name in QueueColumns.Names)
        {
            html.Add($"""<th class="num" scope="col">{name}</th>""");
        }

        html.Add($"</tr></thead><tbody>");
        foreach (var queue in suite.Queues)
        {
            html.Add($"""<tr><th scope="row">{queue.Queue}</th>""");
            WriteCounts(html, QueueColumns.Of(queue));
            html.Add($"</tr>");
        }

        html.Add($"</tbody>");
        if (suite.Queues.Count > 1)
        {
            html.Add($"""<tfoot><tr><th scope="row">all</th>""");
            WriteCounts(html, QueueColumns.Sum(suite.Queues));
            html.Add($"</tr></tfoot>");
        }

        html.Add($"</table></div></section>");
    }

    private static void WriteCounts(HtmlBuilder html, IReadOnlyList<long?> counts)
    {
        for (var i = 0; i < counts.Count; i++)
        {
            var off = QueueColumns.EqualsEnqueued(i) && counts[i] != counts[0];
            var figure = counts[i] is { } count ? Figures.Count(count) : "–";
            html.Add($"""<td class="num{(off ? " odd" : "")}">{(off ? "≠ " : "")}{figure}</td>""");
        }
    }
}
