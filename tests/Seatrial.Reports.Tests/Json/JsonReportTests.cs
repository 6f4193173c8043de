using System.Runtime.CompilerServices;
using System.Text.Json;
using CsCheck;
using Seatrial.Engine;
using Seatrial.Engine.Runs;
using Seatrial.Reports.Json;

namespace Seatrial.Reports.Tests.Json;

public sealed class JsonReportTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("seatrial-json-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Any_run_is_read_back_as_it_was_written() =>
        await RunGen.Run.SampleAsync(
            async run => Assert.Equivalent(run, await ReadAsync(new JsonReport().Render(run)), strict: true),
            iter: 300,
            threads: 1);

    [Fact]
    public void The_top_level_is_what_machines_were_promised()
    {
        using var document = JsonDocument.Parse(new JsonReport().Render(SampleRuns.Failed()));
        var root = document.RootElement;

        Assert.Equal("fail", root.GetProperty("verdict").GetString());
        Assert.Equal(1, root.GetProperty("exitCode").GetInt32());
        Assert.Equal("6077128404128518274", root.GetProperty("seed").GetString());
        Assert.Equal(48.213m, root.GetProperty("duration").GetDecimal());
        var suite = root.GetProperty("suites")[0];
        Assert.Equal("distributed", suite.GetProperty("name").GetString());
        Assert.Equal("fail", suite.GetProperty("verdict").GetString());
        var check = suite.GetProperty("checks")[1];
        Assert.Equal("duplicated", check.GetProperty("id").GetString());
        Assert.Equal("fail", check.GetProperty("verdict").GetString());
        Assert.Equal(12, check.GetProperty("count").GetInt64());
        var claim = check.GetProperty("findings")[0].GetProperty("history")[1];
        Assert.Equal("claim", claim.GetProperty("kind").GetString());
        Assert.Equal("0/2A410A48", claim.GetProperty("commitLsn").GetString());
        Assert.Equal("2026-11-24T09:30:35.821+00:00", claim.GetProperty("at").GetString());
    }

    [Fact]
    public async Task Each_field_stands_in_the_manual()
    {
        var manual = await File.ReadAllTextAsync(Manual(), TestContext.Current.CancellationToken);
        using var document = JsonDocument.Parse(new JsonReport().Render(SampleRuns.Failed()));

        Assert.All(Names(document.RootElement).Distinct(), name => Assert.Matches($"`{name}(\\[\\])?`", manual));
    }

    [Theory]
    [InlineData("", ":1:1")]
    [InlineData("null", ":1:1")]
    [InlineData("{\n  \"verdict\": \"green\"\n}", ":2:")]
    [InlineData("{\n  \"verdict\": 0\n}", ":2:")]
    [InlineData("{\n  \"seed\": \"-1\"\n}", ":2:")]
    [InlineData("{\n  \"duration\": 1e15\n}", ":2:")]
    [InlineData("{ \"verdict\": \"pass\" }", ":1:")]
    public async Task What_is_no_report_is_told_with_its_place(string content, string place)
    {
        var error = await Assert.ThrowsAsync<SeatrialException>(() => ReadAsync(content));

        var problem = Assert.Single(error.Problems);
        Assert.Equal(ExitCode.Usage, error.ExitCode);
        Assert.Contains("report.json" + place, problem.Where, StringComparison.Ordinal);
        Assert.NotEmpty(problem.Why ?? "");
    }

    [Fact]
    public async Task A_missing_report_is_told_with_its_path()
    {
        var path = Path.Combine(_folder, "nowhere", "report.json");

        var error = await Assert.ThrowsAsync<SeatrialException>(
            () => JsonReport.ReadAsync(path, TestContext.Current.CancellationToken));

        Assert.Equal(path, Assert.Single(error.Problems).Where);
    }

    private static string Manual([CallerFilePath] string caller = "") =>
        Path.Combine(Path.GetDirectoryName(caller) ?? "", "..", "..", "..", "docs", "report.md");

    /// <summary>Of fields everywhere but in the two objects whose names are data.</summary>
    private static IEnumerable<string> Names(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(field => (IEnumerable<string>)
            [field.Name, .. field.Name is "logs" or "environment" ? [] : Names(field.Value)]),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Names),
        _ => [],
    };

    private async Task<RunResult> ReadAsync(string content)
    {
        var path = Path.Combine(_folder, "report.json");
        await File.WriteAllTextAsync(path, content, TestContext.Current.CancellationToken);
        return await JsonReport.ReadAsync(path, TestContext.Current.CancellationToken);
    }
}
