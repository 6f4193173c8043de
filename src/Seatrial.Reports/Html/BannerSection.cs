using System.Globalization;
using Seatrial.Engine.Runs;

namespace Seatrial.Reports.Html;

/// <summary>The first screen: verdict, what it rests on, and how to repeat it.</summary>
internal static class BannerSection
{
    public static void Write(HtmlBuilder html, RunResult result)
    {
        var style = Tags.Class(result.Verdict);
        var stopped = result.StoppedBecause is null ? "" : " · stopped early";
        html.Add($"""
            <header class="banner {style}">
            <div class="inner">
            <p class="verdict"><span class="word {style}"><span
            aria-hidden="true">{VerdictSentences.Mark(result.Verdict)}</span>
            {VerdictSentences.Word(result.Verdict)}</span> <span class="system">{result.System}</span><span
            class="stopped">{stopped}</span></p>
            <h1>{VerdictSentences.Proven(result)}</h1>
            """);
        WriteDoubts(html, result);
        html.Add($"""
            <dl class="facts">
            <div><dt>Seed</dt><dd class="mono">{result.Seed.ToString(CultureInfo.InvariantCulture)}</dd></div>
            <div><dt>Duration</dt><dd>{Figures.Duration(result.Duration)}</dd></div>
            <div><dt>Started</dt><dd>{Started(result.StartedAt)}</dd></div>
            <div><dt>Run</dt><dd class="mono">{result.RunId}</dd></div>
            <div><dt>Exit code</dt><dd class="mono">{result.ExitCode}</dd></div>
            </dl>
            <p class="repeat"><span>Repeat it</span> <code>{result.Command}</code></p>
            """);
        WriteContents(html, result);
        html.Add($"</div></header>");
    }

    private static void WriteDoubts(HtmlBuilder html, RunResult result)
    {
        var doubts = VerdictSentences.FurtherDoubts(result);
        if (doubts.Count == 0)
        {
            return;
        }

        html.Add($"""
            <div class="doubts"><h2>What is not known, and why</h2>
            <ul>
            """);
        foreach (var doubt in doubts)
        {
            html.Add($"<li>{doubt}</li>");
        }

        html.Add($"</ul></div>");
    }

    /// <summary>Links to what failed, which may be several screens down.</summary>
    private static void WriteContents(HtmlBuilder html, RunResult result)
    {
        var broken = FindingsSection.Broken(result);
        if (broken.Count == 0)
        {
            return;
        }

        html.Add($"""<nav aria-label="What did not pass"><ul class="contents">""");
        foreach (var (suite, check) in broken)
        {
            html.Add($"""
                <li><a href="#{FindingsSection.Anchor(suite, check)}">{Tags.Mark(check.Verdict)} {check.Id}
                <span class="count">{Figures.Count(check.Count)}</span></a></li>
                """);
        }

        html.Add($"</ul></nav>");
    }

    private static string Started(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
