using Seatrial.Engine;

namespace Seatrial.Reports.Tests;

public sealed class ReportSetTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("seatrial-reports-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task All_four_files_are_written_over_older_ones_and_nothing_else_stays()
    {
        var folder = Path.Combine(_folder, "runs", "1");
        await ReportSet.WriteAsync(SampleRuns.Failed(), folder, TestContext.Current.CancellationToken);

        var paths = await ReportSet.WriteAsync(SampleRuns.Passed(), folder, TestContext.Current.CancellationToken);

        Assert.Equal(["report.html", "report.json", "junit.xml", "summary.md"], paths.Select(Path.GetFileName));
        Assert.Equal(paths.Order(), Directory.GetFiles(folder).Order());
        foreach (var (path, writer) in paths.Zip(ReportSet.Writers))
        {
            Assert.Equal(
                writer.Render(SampleRuns.Passed()),
                await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_told_with_its_path_and_a_fix()
    {
        var file = Path.Combine(_folder, "file");
        await File.WriteAllTextAsync(file, "", TestContext.Current.CancellationToken);

        var error = await Assert.ThrowsAsync<SeatrialException>(() => ReportSet.WriteAsync(
            SampleRuns.Passed(), Path.Combine(file, "run"), TestContext.Current.CancellationToken));

        var problem = Assert.Single(error.Problems);
        Assert.Equal(ExitCode.Usage, error.ExitCode);
        Assert.Equal(Path.Combine(file, "run"), problem.Where);
        Assert.NotEmpty(problem.Fix);
    }

    [Fact]
    public void The_order_in_which_dictionaries_were_filled_changes_no_byte()
    {
        var run = SampleRuns.Failed();
        var suite = run.Suites[0] with
        {
            Logs = new Dictionary<string, IReadOnlyList<string>> { ["a"] = ["1"], ["b"] = ["2"] },
        };
        var forth = run with { Suites = [suite] };
        var back = run with
        {
            Environment = run.Environment.Reverse().ToDictionary(),
            Suites = [suite with { Logs = suite.Logs.Reverse().ToDictionary() }],
        };

        Assert.All(ReportSet.Writers, writer => Assert.Equal(writer.Render(forth), writer.Render(back)));
    }
}
