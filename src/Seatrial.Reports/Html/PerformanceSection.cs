using Seatrial.Engine.Runs;

namespace Seatrial.Reports.Html;

/// <summary>What was measured under an open load, phase by phase and stage by stage.</summary>
internal static class PerformanceSection
{
    public static void Write(HtmlBuilder html, SuiteResult suite)
    {
        if (suite.Performance is not { } performance)
        {
            return;
        }

        html.Add($"""
            <section><h3>What was measured</h3><div class="scroll"><table>
            <caption>From the instant at which the plan wanted a record to come, to its completion in the last
            stage. A dash: too few were seen to tell. Bold phases count; the others are the warm-up and the
            search.</caption>
            <thead><tr>
            """);
        for (var i = 0; i < PhaseColumns.Names.Count; i++)
        {
            html.Add($"""<th class="{(i == 0 ? "name" : "num")}" scope="col">{PhaseColumns.Names[i]}</th>""");
        }

        html.Add($"</tr></thead><tbody>");
        foreach (var phase in performance.Phases)
        {
            html.Add($"<tr>");
            var cells = PhaseColumns.Of(phase);
            html.AddTrusted(phase.Span.IsMeasured ? "<th scope=\"row\">" : "<td class=\"name\">");
            html.Add($"{cells[0]}");
            html.AddTrusted(phase.Span.IsMeasured ? "</th>" : "</td>");
            foreach (var cell in cells.Skip(1))
            {
                html.Add($"""<td class="num">{cell}</td>""");
            }

            html.Add($"</tr>");
        }

        html.Add($"</tbody></table></div><p>{PhaseColumns.Together(performance.Metrics)}</p>");
        if (PhaseColumns.Capacity(performance) is { } capacity)
        {
            html.Add($"<p>Capacity: {capacity}</p>");
        }

        html.Add($"</section>");
    }
}
