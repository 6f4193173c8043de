using Seatrial.Engine.Measurements.Bottlenecks;
using Seatrial.Engine.Runs;

namespace Seatrial.Reports.Html;

/// <summary>What held the system up, by which figures, and what to do.</summary>
internal static class BottlenecksSection
{
    public static void Write(HtmlBuilder html, SuiteResult suite)
    {
        if (suite.Resources is not { } report)
        {
            return;
        }

        html.Add($"<section><h3>What held it up</h3>");
        if (report.Bottlenecks.Count == 0)
        {
            html.Add($"""
                <p class="note">No cause shows in the figures: no resource was used up while records waited, and none
                leaked.</p>
                """);
        }
        else
        {
            WriteCauses(html, report.Bottlenecks);
        }

        if (report.Proposals.Count > 0)
        {
            WriteProposals(html, report.Proposals);
        }

        html.Add($"</section>");
    }

    private static void WriteCauses(HtmlBuilder html, IReadOnlyList<Bottleneck> causes)
    {
        html.Add($"""
            <div class="scroll"><table><caption>The likeliest first.</caption><thead><tr><th scope="col">cause</th>
            <th scope="col">by these figures</th><th scope="col">what to do</th></tr></thead><tbody>
            """);
        foreach (var cause in causes)
        {
            html.Add($"""
                <tr><td class="name"><strong>{cause.Name}</strong> <span class="mono">{cause.Where}</span><br/>
                <small>confidence {Figures.Percent(cause.Confidence, 1)}</small><p>{cause.Summary}</p></td>
                <td><ul class="evidence">
                """);
            foreach (var figure in cause.Evidence)
            {
                html.Add($"""
                    <li>{figure.Series}: <strong>{figure.Value}</strong>{(figure.Usual is null ? "" : ", ")}<span
                    class="muted">{(figure.Usual is null ? "" : figure.Usual)}</span></li>
                    """);
            }

            html.Add($"""
                </ul></td><td><p>{cause.Recommendation}</p><p><span class="muted">Expected:</span>
                {cause.ExpectedGain}.</p><p><span class="muted">It helped if:</span> {cause.Verify}</p></td></tr>
                """);
        }

        html.Add($"</tbody></table></div>");
    }

    private static void WriteProposals(HtmlBuilder html, IReadOnlyList<ResourceProposal> proposals)
    {
        html.Add($"""
            <div class="scroll"><table><caption>Settings to try.</caption><thead><tr><th scope="col">service</th>
            <th scope="col">setting</th><th class="num" scope="col">now</th><th class="num" scope="col">try</th>
            <th scope="col">why</th></tr></thead><tbody>
            """);
        foreach (var proposal in proposals)
        {
            var (service, setting) = (proposal.Change.Service, proposal.Change.Setting);
            html.Add($"""
                <tr><td class="mono">{service}</td><td class="mono">{setting}</td>
                <td class="num">{ResourceSettings.Show(setting, proposal.Change.Now)}</td>
                <td class="num">{ResourceSettings.Show(setting, proposal.Change.Proposed)}</td>
                <td>{proposal.Reason}</td></tr>
                """);
        }

        html.Add($"</tbody></table></div>");
    }
}
