using Seatrial.Engine.Measurements.Databases;
using Seatrial.Engine.Runs;

namespace Seatrial.Reports.Html;

/// <summary>What the database said of itself.</summary>
internal static class DatabaseSection
{
    public static void Write(HtmlBuilder html, DatabaseUse? use)
    {
        if (use is null)
        {
            return;
        }

        html.Add($"""
            <section><h3>The database's own view</h3>
            <p class="note">{Sentence(use)}</p>
            """);
        Write(html, "sessions by client",
            ["client", "most >", "in a statement >", "in a transaction, idle >", "idle >"],
            use.Clients.Select(client => (string[])
            [
                client.Client, Figures.Count(client.Most), Figures.Number(client.Active, 2),
                Figures.Number(client.InTransaction, 2), Figures.Number(client.Idle, 2),
            ]));
        Write(html, "what statements waited for", ["kind", "what for", "sessions, mean >"],
            use.Waits.Select(wait => (string[])
                [wait.Type.Length > 0 ? wait.Type : "nothing: at work", wait.Wait, Figures.Number(wait.Sessions, 2)]));
        Write(html, "locks held against others", ["held by", "state", "its last statement", "longest wait >"],
            use.Locks.Select(wait => (string[])
            [
                $"{wait.BlockerName} {wait.BlockerAddress}", wait.BlockerState, wait.BlockerStatement,
                Figures.Duration(TimeSpan.FromSeconds(wait.Seconds)),
            ]));
        Write(html, use.IsSampled ? "statements met at work" : "statements by pg_stat_statements",
            ["statement", use.IsSampled ? "looks >" : "calls >", use.IsSampled ? "longest >" : "time >"],
            use.Statements.Select(one => (string[])
                [one.Statement, Figures.Count(one.Calls), Figures.Duration(TimeSpan.FromSeconds(one.Seconds))]));
        Write(html, "tables",
            ["table", "whole scans >", "rows of them >", "index scans >", "rows >", "dead rows, most >"],
            use.Tables.Select(table => (string[])
            [
                table.Table, Figures.Count(table.Scans), Figures.Count(table.ScannedRows),
                Figures.Count(table.IndexScans), Figures.Count(table.Live), Figures.Count(table.MostDead),
            ]));
        html.Add($"</section>");
    }

    private static string Sentence(DatabaseUse use) =>
        Figures.Count(use.Looks, "look")
        + (use.Silent > 0 ? $", {Figures.Count(use.Silent)} without an answer; " : "; ")
        + $"{Figures.Count(use.Commits, "commit")}, {Figures.Count(use.Rollbacks, "rollback")}, "
        + $"{Figures.Count(use.Deadlocks, "deadlock")}; {Figures.Bytes(use.Wal)} of log"
        + (use.CacheHits is { } hits ? $"; {Figures.Percent(hits, 1)} of pages were in the cache." : ".");

    /// <summary>A header that ends in <c>&gt;</c> has its column set to the right.</summary>
    private static void Write(HtmlBuilder html, string caption, string[] headers, IEnumerable<string[]> rows)
    {
        var lines = rows.ToList();
        if (lines.Count == 0)
        {
            return;
        }

        html.Add($"""<div class="scroll"><table><caption>{caption}</caption><thead><tr>""");
        foreach (var header in headers)
        {
            html.Add($"""<th class="{Class(header)}" scope="col">{header.TrimEnd('>', ' ')}</th>""");
        }

        html.Add($"</tr></thead><tbody>");
        foreach (var line in lines)
        {
            html.Add($"<tr>");
            foreach (var (cell, header) in line.Zip(headers))
            {
                html.Add($"""<td class="{Class(header)}">{cell}</td>""");
            }

            html.Add($"</tr>");
        }

        html.Add($"</tbody></table></div>");
    }

    private static string Class(string header) => header.EndsWith('>') ? "num" : "text";
}
