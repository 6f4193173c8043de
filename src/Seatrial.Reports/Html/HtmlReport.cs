using System.Security.Cryptography;
using System.Text;
using Seatrial.Engine.Runs;

namespace Seatrial.Reports.Html;

/// <summary><c>report.html</c>: one file that opens offline; the verdict first, then what failed, then all.</summary>
public sealed class HtmlReport : IReportWriter
{
    private static readonly string Style = Resource("report.css");
    private static readonly string Script = Resource("report.js");

    /// <inheritdoc/>
    public string FileName => "report.html";

    /// <inheritdoc/>
    public string Render(RunResult result)
    {
        var html = new HtmlBuilder();
        var title = $"{VerdictSentences.Word(result.Verdict)} {result.System} – sea trial {result.RunId}";
        html.Add($"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8"/>
            <meta http-equiv="Content-Security-Policy" content="{Policy()}"/>
            <meta name="viewport" content="width=device-width, initial-scale=1"/>
            <meta name="color-scheme" content="light dark"/>
            <title>{title}</title>
            """);
        html.AddTrusted($"<style>{Style}</style>\n</head>\n<body>\n");
        BannerSection.Write(html, result);
        html.Add($"<main>");
        FindingsSection.Write(html, result);
        foreach (var suite in result.Suites)
        {
            WriteSuite(html, result, suite);
        }

        RunSection.Write(html, result);
        html.Add($"</main>");
        html.AddTrusted($"<script>{Script}</script>\n</body>\n</html>\n");
        return html.ToString();
    }

    private static void WriteSuite(HtmlBuilder html, RunResult result, SuiteResult suite)
    {
        var clock = LoadClock.Of(result, suite);
        html.Add($"""
            <section class="suite" aria-label="Suite {suite.Name}">
            <h2 class="suite-name">{Tags.Mark(suite.Verdict)} Suite {suite.Name}
            <small>{Figures.Duration(suite.Duration)}</small></h2>
            """);
        ChecksSection.Write(html, suite);
        ThroughputSection.Write(html, suite, clock);
        PerformanceSection.Write(html, suite);
        BottlenecksSection.Write(html, suite);
        RecoverySection.Write(html, suite);
        FaultsSection.Write(html, suite, clock);
        WorkersSection.Write(html, suite);
        QueuesSection.Write(html, suite);
        ResourcesSection.Write(html, suite);
        LogsSection.Write(html, suite);
        html.Add($"</section>");
    }

    /// <summary>Nothing from anywhere; of inline style and script only our own, by their hashes.</summary>
    private static string Policy() =>
        $"default-src 'none'; style-src '{Hash(Style)}'; script-src '{Hash(Script)}'; "
        + "base-uri 'none'; form-action 'none'";

    private static string Hash(string content) =>
        $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(content)))}";

    private static string Resource(string name)
    {
        using var stream = typeof(HtmlReport).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The assembly lacks its resource {name}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
