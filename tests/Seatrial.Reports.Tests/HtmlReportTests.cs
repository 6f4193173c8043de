using System.Security.Cryptography;
using System.Text;
using Seatrial.Engine.Checks;
using Seatrial.Engine.Histories;
using Seatrial.Engine.Runs;
using Seatrial.Reports.Html;

namespace Seatrial.Reports.Tests;

public sealed class HtmlReportTests
{
    public static TheoryData<string> Names => ["passed", "failed", "gap", "interrupted", "empty", "hostile"];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_page_is_well_formed_and_its_ids_are_unique(string name)
    {
        var page = Page(name);

        var ids = page.Attributes.Where(attribute => attribute.Name == "id").Select(id => id.Value).ToArray();
        Assert.Equal(ids.Distinct(), ids);
        Assert.All(
            page.Attributes.Where(attribute => attribute.Name == "href"),
            link => Assert.Contains(link.Value[1..], ids));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_page_loads_nothing_and_runs_only_its_own_script(string name)
    {
        var page = Page(name);

        var policy = page.Elements("meta")
            .Single(meta => (string?)meta.Attribute("http-equiv") == "Content-Security-Policy");
        Assert.Equal(
            $"default-src 'none'; style-src '{Hash(page, "style")}'; script-src '{Hash(page, "script")}'; "
                + "base-uri 'none'; form-action 'none'",
            (string?)policy.Attribute("content"));
        Assert.DoesNotContain(page.Attributes, attribute =>
            attribute.Name.LocalName is "src" or "style" or "action"
            || attribute.Name.LocalName.StartsWith("on", StringComparison.OrdinalIgnoreCase)
            || (attribute.Name.LocalName is "href" && !attribute.Value.StartsWith('#')));
        Assert.DoesNotContain(
            page.Document.Descendants(),
            element => element.Name.LocalName is "img" or "link" or "iframe" or "object" or "base" or "form");
    }

    [Fact]
    public void Hostile_text_is_shown_as_text()
    {
        var page = Page("hostile");

        Assert.Contains("</script></title></style><img src=x onerror=alert(1)>", page.Text, StringComparison.Ordinal);
        Assert.Contains("␀␈red�dlrow��", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("[31m", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_verdict_stands_before_everything_else()
    {
        var text = Page("failed").Text;

        Assert.StartsWith("✗", text.TrimStart(), StringComparison.Ordinal);
        Assert.True(
            text.IndexOf(VerdictSentences.Proven(SampleRuns.Failed()), StringComparison.Ordinal)
            < text.IndexOf("What did not pass", StringComparison.Ordinal));
        Assert.True(
            text.IndexOf("What did not pass", StringComparison.Ordinal)
            < text.IndexOf("Faults over throughput", StringComparison.Ordinal));
    }

    [Fact]
    public void Each_check_and_each_finding_with_its_history_is_there()
    {
        var run = SampleRuns.Failed();
        var text = Page("failed").Text;

        foreach (var check in run.Suites.SelectMany(suite => suite.Checks))
        {
            Assert.Contains(check.Id, text, StringComparison.Ordinal);
            Assert.Contains(check.Summary, text, StringComparison.Ordinal);
            foreach (var finding in check.Findings)
            {
                Assert.Contains(finding.Record, text, StringComparison.Ordinal);
                Assert.Contains(finding.Story, text, StringComparison.Ordinal);
                Assert.All(
                    finding.History,
                    happened => Assert.Contains(
                        LogPositions.Format(happened.CommitLsn), text, StringComparison.Ordinal));
            }
        }
    }

    [Fact]
    public void A_run_that_stopped_says_so_on_top()
    {
        var banner = Page("interrupted").Elements("header").Single().Value;

        Assert.Contains("stopped early", banner, StringComparison.Ordinal);
        Assert.Contains("interrupted by the user 11 s after the load began", banner, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fault_that_was_not_proven_is_hatched_and_named_so()
    {
        var page = Page("gap");

        Assert.Single(page.Attributes, attribute =>
            attribute.Name == "fill" && attribute.Value == "url(#distributed-figures-hatch)");
        Assert.Contains("pause-past-lease of rpa2-1 – ? not proven", page.Text, StringComparison.Ordinal);
        Assert.Contains("the freezer of rpa2-1 still read THAWED", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_picture_tells_its_name_or_is_hidden()
    {
        Assert.All(Page("failed").Elements("svg"), svg => Assert.True(
            (string?)svg.Attribute("aria-hidden") == "true"
            || ((string?)svg.Attribute("role") == "img" && svg.Elements().First().Name == "title")));
    }

    [Fact]
    public void Three_hours_of_load_stay_a_small_page()
    {
        var suite = SampleRuns.Passed().Suites[0] with { Series = SampleLoad.Simulate(3 * 3600) };

        var html = new HtmlReport().Render(SampleRuns.Run(Verdict.Pass, suite));

        Assert.InRange(html.Length, 1, 1_000_000);
    }

    [Fact]
    public void A_suite_without_anything_and_series_without_a_second_are_drawn_as_nothing()
    {
        var empty = new SuiteResult { Name = "empty", Verdict = Verdict.Unknown, Duration = default, Checks = [] };
        var silent = empty with { Name = "silent", Series = [new QueueSeries("rpa1", [], [], [])] };

        var page = ParsedPage.Of(new HtmlReport().Render(SampleRuns.Run(Verdict.Unknown, empty, silent)));

        Assert.DoesNotContain(page.Elements("svg"), svg => (string?)svg.Attribute("class") == "chart");
        Assert.Contains("Suite empty ended without a check.", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Counts_as_large_as_they_come_are_grouped_and_stay_in_the_chart()
    {
        const long Huge = long.MaxValue / 8;
        var suite = SampleRuns.Passed().Suites[0] with
        {
            Queues = [new QueueSummary("q", Huge, Huge, 0, 0, Huge, 0, Huge)],
            Series = [new QueueSeries("q", [Huge], [Huge], [Huge])],
        };

        var page = ParsedPage.Of(new HtmlReport().Render(SampleRuns.Run(Verdict.Pass, suite)));

        Assert.Contains("1,152,921,504,606,846,975 records in 1 queue", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", page.Document.ToString(), StringComparison.Ordinal);
    }

    private static ParsedPage Page(string name) => ParsedPage.Of(new HtmlReport().Render(Sample.Named(name)));

    private static string Hash(ParsedPage page, string tag)
    {
        var content = Encoding.UTF8.GetBytes(page.Elements(tag).Single().Value);
        return $"sha256-{Convert.ToBase64String(SHA256.HashData(content))}";
    }
}
