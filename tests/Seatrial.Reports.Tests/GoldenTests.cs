namespace Seatrial.Reports.Tests;

public sealed class GoldenTests
{
    [Theory]
    [InlineData("passed")]
    [InlineData("failed")]
    [InlineData("gap")]
    [InlineData("interrupted")]
    [InlineData("empty")]
    [InlineData("faults")]
    public async Task Every_report_of_a_run_is_the_one_that_was_looked_at(string name)
    {
        foreach (var writer in ReportSet.Writers)
        {
            await Golden.MatchAsync($"{name}.{writer.FileName}", writer.Render(Sample.Named(name)));
        }
    }
}
