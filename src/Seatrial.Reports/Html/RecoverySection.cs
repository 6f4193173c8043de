using Seatrial.Engine.Checks;
using Seatrial.Engine.Recovery;
using Seatrial.Engine.Runs;

namespace Seatrial.Reports.Html;

/// <summary>What each fault cost beside its budget, and the faults that can't be had here.</summary>
internal static class RecoverySection
{
    public static void Write(HtmlBuilder html, SuiteResult suite)
    {
        if (suite.Recovery.Count > 0)
        {
            WriteTable(html, suite);
        }

        if (suite.MissingFaults.Count > 0)
        {
            html.Add($"""
                <section><h3>Faults that can't be had here</h3>
                <div class="scroll"><table><thead><tr><th scope="col">fault</th><th scope="col">why</th></tr></thead>
                <tbody>
                """);
            foreach (var missing in suite.MissingFaults)
            {
                html.Add($"""<tr><td class="name">{missing.Name}</td><td>{missing.Reason}</td></tr>""");
            }

            html.Add($"</tbody></table></div></section>");
        }
    }

    private static void WriteTable(HtmlBuilder html, SuiteResult suite)
    {
        html.Add($"""
            <section><h3>What each fault cost</h3><div class="scroll"><table>
            <caption>A dash: nothing showed it. Point at a figure to read what was seen and its budget.</caption>
            <thead><tr><th scope="col">fault</th>
            """);
        foreach (var measure in Measures.All)
        {
            html.Add($"""
                <th class="num" scope="col"><abbr title="{Measures.Meaning(measure)}">{Measures.Key(measure)}</abbr>
                <br/><small>{RecoveryFigures.Budget(suite, measure)}</small></th>
                """);
        }

        html.Add($"</tr></thead><tbody>");
        foreach (var fault in suite.Recovery)
        {
            html.Add($"""<tr><td class="name">{fault.Fault}</td>""");
            foreach (var measure in Measures.All)
            {
                WriteFigure(html, fault.Figures.FirstOrDefault(figure => figure.Measure == measure));
            }

            html.Add($"</tr>");
        }

        html.Add($"</tbody></table></div></section>");
    }

    private static void WriteFigure(HtmlBuilder html, Figure? figure)
    {
        if (figure is null)
        {
            html.Add($"""<td class="num">–</td>""");
            return;
        }

        var style = figure.Verdict is Verdict.Fail ? "num odd" : figure.Verdict is Verdict.Unknown ? "num missing" : "num";
        var mark = figure.Verdict is { } verdict and not Verdict.Pass
            ? VerdictSentences.Mark(verdict) + " " : "";
        html.Add($"""<td class="{style}" title="{Tip(figure)}">{mark}{RecoveryFigures.Text(figure)}</td>""");
    }

    private static string Tip(Figure figure) => string.Join("; ", new[]
    {
        figure.Seen ?? "nothing showed it", figure.Budget is null ? null : $"budget {figure.Budget}",
    }.OfType<string>());
}
