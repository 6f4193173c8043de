using Seatrial.Engine.Runs;

namespace Seatrial.Reports.Html;

/// <summary>What containers that died had written.</summary>
internal static class LogsSection
{
    /// <summary>Of a container; the whole stands in report.json, and the page stays small.</summary>
    private const int MostLines = 400;

    public static void Write(HtmlBuilder html, SuiteResult suite)
    {
        if (suite.Logs.Count == 0)
        {
            return;
        }

        html.Add($"<section><h3>Output of containers that died</h3>");
        foreach (var (container, lines) in suite.Logs.OrderBy(log => log.Key, StringComparer.Ordinal))
        {
            html.Add($"""
                <details class="log"><summary><span class="mono">{container}</span>
                <span class="muted">{Figures.Count(lines.Count, "line")}</span></summary>
                """);
            if (lines.Count > MostLines)
            {
                html.Add($"""<p class="note">The last {MostLines}; the rest is in report.json.</p>""");
            }

            html.Add($"<pre>{string.Join('\n', lines.TakeLast(MostLines))}</pre></details>");
        }

        html.Add($"</section>");
    }
}
