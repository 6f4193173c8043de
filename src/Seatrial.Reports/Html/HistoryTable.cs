using System.Globalization;
using Seatrial.Engine.Checks;
using Seatrial.Engine.Histories;
using Seatrial.Engine.Runs;

namespace Seatrial.Reports.Html;

/// <summary>A record's whole history, in the order of the log.</summary>
internal static class HistoryTable
{
    public static void Write(HtmlBuilder html, SuiteResult suite, Finding finding, LoadClock clock)
    {
        var owners = new Owners(suite);
        var notes = HistoryNotes.Of(finding.History);
        html.Add($"""
            <div class="scroll"><table class="history">
            <caption>Since {clock.Since}, by the database's clock, in commit order</caption>
            <thead><tr><th class="num" scope="col">time</th><th scope="col">event</th><th scope="col">in</th>
            <th scope="col">worker</th><th class="num" scope="col">epoch</th>
            <th class="num" scope="col">lease until</th><th class="num" scope="col">xid</th>
            <th class="num" scope="col">LSN</th><th scope="col">remark</th></tr></thead>
            <tbody>
            """);
        for (var i = 0; i < finding.History.Count; i++)
        {
            WriteRow(html, finding.History[i], notes[i], owners, clock);
        }

        html.Add($"</tbody></table></div>");
    }

    private static void WriteRow(HtmlBuilder html, HistoryEvent now, string? note, Owners owners, LoadClock clock)
    {
        var remark = note is null ? now.Detail : $"✗ {note}{(now.Detail is null ? "" : ": " + now.Detail)}";
        var until = now.LeaseUntil is { } end ? clock.Label(end) : "";
        html.Add($"""
            <tr class="{(note is null ? "" : "odd")}">
            <td class="num">{clock.Label(now.At)}</td>
            <td>{EventNames.Of(now.Kind)}</td><td>{now.Queue}</td>
            <td class="mono" title="{now.Owner}">{(now.Owner is null ? "" : owners.Name(now.Owner))}</td>
            <td class="num">{now.Epoch?.ToString(CultureInfo.InvariantCulture)}</td><td class="num">{until}</td>
            <td class="num">{now.Xid.ToString(CultureInfo.InvariantCulture)}</td>
            <td class="num mono">{LogPositions.Format(now.CommitLsn)}</td><td>{remark}</td></tr>
            """);
    }
}
