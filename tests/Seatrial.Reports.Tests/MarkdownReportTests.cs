namespace Seatrial.Reports.Tests;

public sealed class MarkdownReportTests
{
    [Fact]
    public void The_first_five_findings_are_told_and_the_rest_is_counted()
    {
        var text = new MarkdownReport().Render(SampleRuns.Failed());

        Assert.Equal(5, text.Split("- **duplicated** ").Length - 1);
        Assert.Contains("- and 1 more in `report.html`", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Hostile_text_is_neither_markup_nor_breaks_its_table()
    {
        var text = new MarkdownReport().Render(HostileRuns.Everywhere());

        var tables = Tables(text).ToArray();
        Assert.NotEmpty(tables);
        Assert.All(tables, table => Assert.Single(table.Select(Columns).Distinct()));
        Assert.All(tables.SelectMany(table => table), line =>
        {
            Assert.DoesNotContain('<', line);
            Assert.DoesNotContain(" **b**", line, StringComparison.Ordinal);
            Assert.DoesNotContain(" [a]", line, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void A_check_that_judged_nothing_does_not_claim_zero_offences()
    {
        var text = new MarkdownReport().Render(SampleRuns.Gap());

        Assert.Contains(
            "| ? | **lost** Every record ended in exactly one effect | – |", text, StringComparison.Ordinal);
        Assert.Contains("| 14.012 s | **not seen** | 21.020 s | **not seen** |", text, StringComparison.Ordinal);
    }

    private static int Columns(string line) =>
        line.Replace("\\|", "", StringComparison.Ordinal).Count(c => c is '|');

    private static IEnumerable<string[]> Tables(string text) => text
        .Split("\n\n")
        .Select(block => block.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        .Where(lines => lines is [['|', ..], ..]);
}
