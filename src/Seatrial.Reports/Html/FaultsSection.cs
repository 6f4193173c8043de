using Seatrial.Engine.Checks;
using Seatrial.Engine.Faults;
using Seatrial.Engine.Runs;

namespace Seatrial.Reports.Html;

/// <summary>Each fault with its four steps and what was seen of them.</summary>
internal static class FaultsSection
{
    public static void Write(HtmlBuilder html, SuiteResult suite, LoadClock clock)
    {
        html.Add($"<section><h3>Faults</h3>");
        if (suite.Faults.Count == 0)
        {
            html.Add($"""<p class="note">None was asked for.</p></section>""");
            return;
        }

        html.Add($"""
            <div class="scroll"><table>
            <caption>Times since {clock.Since}, by the trial's clock</caption>
            <thead><tr><th scope="col"><span class="hidden">proven</span></th><th scope="col">fault</th>
            <th class="num" scope="col">injected</th><th class="num" scope="col">confirmed</th>
            <th class="num" scope="col">healed</th><th class="num" scope="col">confirmed healed</th>
            <th scope="col">evidence</th></tr></thead>
            <tbody>
            """);
        foreach (var fault in suite.Faults)
        {
            WriteFault(html, fault, clock);
        }

        html.Add($"</tbody></table></div></section>");
    }

    private static void WriteFault(HtmlBuilder html, FaultRecord fault, LoadClock clock)
    {
        var verdict = fault.Proven ? Verdict.Pass : Verdict.Unknown;
        var chosen = fault.Target is null ? "no target was chosen" : $"chosen from {fault.TargetSpec}";
        html.Add($"""
            <tr class="{Tags.Class(verdict)}"><td>{Tags.Mark(verdict)}</td>
            <td class="name"><b>{VerdictSentences.Name(fault)}</b><br/><span
            class="muted">{chosen}; due at {fault.Trigger}</span></td>
            """);
        foreach (var at in (DateTimeOffset?[])
            [fault.InjectedAt, fault.ConfirmedAt, fault.HealedAt, fault.ConfirmedHealedAt])
        {
            var (style, label) = at is { } seen ? ("num", clock.Label(seen)) : ("num missing", "? not seen");
            html.Add($"""<td class="{style}">{label}</td>""");
        }

        html.Add($"""<td><ul class="evidence">""");
        if (!fault.Proven)
        {
            html.Add($"""<li class="missing">{fault.Failure ?? VerdictSentences.Missing(fault)}</li>""");
        }

        foreach (var evidence in fault.Evidence)
        {
            html.Add($"<li>{evidence}</li>");
        }

        html.Add($"</ul></td></tr>");
    }
}
