using Seatrial.Engine.Checks;
using Seatrial.Engine.Runs;

namespace Seatrial.Reports.Html;

/// <summary>What failed: each offence with its story, its lanes and its whole history.</summary>
internal static class FindingsSection
{
    public static string Anchor(SuiteResult suite, CheckResult check) => Tags.Slug($"{suite.Name}-{check.Id}");

    /// <summary>The checks that failed, and any other that has something to show; failures first.</summary>
    public static IReadOnlyList<(SuiteResult Suite, CheckResult Check)> Broken(RunResult result) =>
    [
        .. result.Suites
            .SelectMany(suite => suite.Checks.Select(check => (suite, check)))
            .Where(found => found.check.Verdict is Verdict.Fail || found.check.Findings.Count > 0)
            .OrderBy(found => found.check.Verdict is not Verdict.Fail),
    ];

    public static void Write(HtmlBuilder html, RunResult result)
    {
        var broken = Broken(result);
        if (broken.Count == 0)
        {
            return;
        }

        html.Add($"""<section aria-label="What did not pass"><h2>What did not pass</h2>""");
        foreach (var (suite, check) in broken)
        {
            WriteCheck(html, suite, check, LoadClock.Of(result, suite));
        }

        html.Add($"</section>");
    }

    private static void WriteCheck(HtmlBuilder html, SuiteResult suite, CheckResult check, LoadClock clock)
    {
        html.Add($"""
            <article class="broken {Tags.Class(check.Verdict)}" id="{Anchor(suite, check)}">
            <h3>{Tags.Mark(check.Verdict)} {check.Id} <small>{check.Title}</small></h3>
            <p>{check.Summary}</p>
            """);
        for (var i = 0; i < check.Findings.Count; i++)
        {
            WriteFinding(html, suite, check.Findings[i], clock, open: i == 0);
        }

        if (check.Findings.Count > 0 && check.Count > check.Findings.Count)
        {
            html.Add($"""
                <p class="note">These are the first {Figures.Count(check.Findings.Count)} of
                {Figures.Count(check.Count)}, in the order of the log.</p>
                """);
        }

        html.Add($"</article>");
    }

    private static void WriteFinding(HtmlBuilder html, SuiteResult suite, Finding finding, LoadClock clock, bool open)
    {
        html.Add($"""
            <div class="finding"><h4 class="mono">{finding.Record}</h4>
            <p class="story">{finding.Story}</p>
            """);
        if (finding.History.Count > 0)
        {
            var state = new Fragment(open ? " open=\"open\"" : "");
            html.Add($"""
                <details{state}><summary>Its whole history: {Figures.Count(finding.History.Count, "event")}</summary>
                """);
            SwimLanes.Write(html, suite, finding, clock);
            HistoryTable.Write(html, suite, finding, clock);
            html.Add($"</details>");
        }

        html.Add($"</div>");
    }
}
