using Seatrial.Engine.Checks;
using Seatrial.Engine.Runs;

namespace Seatrial.Reports.Html;

/// <summary>Every check with its figures; those that did not pass first.</summary>
internal static class ChecksSection
{
    public static void Write(HtmlBuilder html, SuiteResult suite)
    {
        html.Add($"<section><h3>Checks</h3>");
        if (suite.Checks.Count == 0)
        {
            html.Add($"""<p class="note">No check was made.</p></section>""");
            return;
        }

        html.Add($"""
            <div class="scroll"><table>
            <thead><tr><th scope="col"><span class="hidden">verdict</span></th><th scope="col">check</th>
            <th class="num" scope="col">offences</th><th scope="col">what was seen</th></tr></thead>
            <tbody>
            """);
        foreach (var check in suite.Checks.OrderBy(check => Rank(check.Verdict)))
        {
            html.Add($"""
                <tr class="{Tags.Class(check.Verdict)}"><td>{Tags.Mark(check.Verdict)}</td>
                <td><b>{check.Id}</b><br/><span class="muted">{check.Title}</span></td>
                <td class="num">{CheckFigures.Offences(check)}</td><td>{check.Summary}</td></tr>
                """);
        }

        html.Add($"</tbody></table></div></section>");
    }

    private static int Rank(Verdict verdict) => verdict switch
    {
        Verdict.Fail => 0,
        Verdict.Unknown => 1,
        Verdict.Pass => 2,
    };
}
