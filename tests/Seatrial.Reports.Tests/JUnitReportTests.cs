using System.Globalization;
using System.Xml.Linq;
using Seatrial.Engine.Checks;

namespace Seatrial.Reports.Tests;

public sealed class JUnitReportTests
{
    [Theory]
    [InlineData("passed", 0, 0)]
    [InlineData("failed", 2, 0)]
    [InlineData("gap", 0, 3)]
    [InlineData("interrupted", 0, 2)]
    [InlineData("empty", 0, 1)]
    [InlineData("hostile", 1, 3)]
    public void Counts_say_what_the_cases_say(string name, int failures, int errors)
    {
        var root = Render(name);

        Assert.Equal("testsuites", root.Name);
        Assert.All(root.DescendantsAndSelf().Where(e => e.Name == "testsuites" || e.Name == "testsuite"), element =>
        {
            Assert.Equal(element.Descendants("testcase").Count(), (int?)element.Attribute("tests"));
            Assert.Equal(element.Descendants("failure").Count(), (int?)element.Attribute("failures"));
            Assert.Equal(element.Descendants("error").Count(), (int?)element.Attribute("errors"));
            Assert.Equal(element.Descendants("skipped").Count(), (int?)element.Attribute("skipped"));
        });
        Assert.Equal(failures, (int?)root.Attribute("failures"));
        Assert.Equal(errors, (int?)root.Attribute("errors"));
    }

    [Fact]
    public void Each_case_has_what_consumers_ask_for()
    {
        var root = Render("failed");

        Assert.All(root.Descendants("testcase"), test =>
        {
            Assert.NotEmpty((string?)test.Attribute("name") ?? "");
            Assert.NotEmpty((string?)test.Attribute("classname") ?? "");
            Assert.True(double.TryParse(
                (string?)test.Attribute("time"), NumberStyles.Float, CultureInfo.InvariantCulture, out _));
        });
        Assert.All(root.Elements("testsuite"), suite =>
            Assert.Equal("2026-11-24T09:30:12", (string?)suite.Attribute("timestamp")));
        var names = root.Descendants("testcase").Select(test => (string?)test.Attribute("name")).ToArray();
        Assert.Equal(names.Distinct(), names);
    }

    [Fact]
    public void A_failure_tells_each_finding()
    {
        var failure = Render("failed").Descendants("failure").First();

        Assert.Equal(SampleChecks.Broken[1].Summary, (string?)failure.Attribute("message"));
        Assert.All(
            SampleChecks.Broken[1].Findings,
            finding => Assert.Contains($"{finding.Record}: {finding.Story}", failure.Value, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(Verdict.Fail, "failure")]
    [InlineData(Verdict.Unknown, "error")]
    public void A_run_that_did_not_pass_is_never_green_even_without_a_check(Verdict verdict, string element)
    {
        var suite = SampleRuns.Suite(verdict, [], []);

        var root = XDocument.Parse(new JUnitReport().Render(SampleRuns.Run(verdict, suite))).Root;

        Assert.Single(root?.Descendants(element) ?? []);
    }

    private static XElement Render(string name) =>
        XDocument.Parse(new JUnitReport().Render(Sample.Named(name))).Root
        ?? throw new InvalidOperationException("There is no root.");
}
