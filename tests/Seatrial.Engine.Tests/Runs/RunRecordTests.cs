using System.Text.Json.Nodes;
using Seatrial.Engine.Recovery;
using Seatrial.Engine.Runs;

namespace Seatrial.Engine.Tests.Runs;

public sealed class RunRecordTests : IDisposable
{
    private static readonly RunRecord _record = new()
    {
        RunId = "r",
        System = "rpa",
        Command = "./seatrial trial",
        Suite = "faults",
        Seed = ulong.MaxValue,
        Records = 3,
        StartedAt = DateTimeOffset.UnixEpoch,
        SuiteDuration = TimeSpan.FromSeconds(1),
        Duration = TimeSpan.FromSeconds(2),
        StoppedBecause = null,
        Interrupted = false,
        Faults = [],
        Budgets = [new Budget { Measure = Measure.Recover, Most = 10 }],
        Casualties = [],
        Containers = [],
        Steps = [new StepTiming("images", TimeSpan.FromSeconds(1), "none")],
        Images = [],
        Environment = new Dictionary<string, string> { ["host"] = "h" },
    };

    private readonly string _root = Directory.CreateTempSubdirectory("seatrial-test-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task What_was_written_is_read_again()
    {
        var folder = RunFolder.Create(Path.Combine(_root, "run"), _root, "r");
        await _record.WriteAsync(folder, Cancellation);

        var read = await RunRecord.ReadAsync(folder, Cancellation);

        Assert.Equal((ulong.MaxValue, 10.0, "h"), (read.Seed, read.Budgets[0].Most, read.Environment["host"]));
        Assert.Equal(_record.Steps, read.Steps);
    }

    [Fact]
    public async Task What_an_older_version_did_not_write_has_its_default()
    {
        var folder = RunFolder.Create(Path.Combine(_root, "run"), _root, "r");
        await _record.WriteAsync(folder, Cancellation);
        var json = Assert.IsType<JsonObject>(JsonNode.Parse(await File.ReadAllTextAsync(folder.Record, Cancellation)));
        foreach (var later in new[] { "missingFaults", "budgets", "deadClients", "thresholds", "capacity", "loadRate" })
        {
            Assert.True(json.Remove(later), later);
        }

        await File.WriteAllTextAsync(folder.Record, json.ToJsonString(), Cancellation);

        var read = await RunRecord.ReadAsync(folder, Cancellation);

        Assert.Empty(read.MissingFaults);
        Assert.Empty(read.Budgets);
        Assert.Empty(read.DeadClients);
        Assert.Empty(read.Thresholds);
    }

    [Fact]
    public async Task One_without_what_every_version_writes_is_damaged()
    {
        var folder = RunFolder.Create(Path.Combine(_root, "run"), _root, "r");
        await File.WriteAllTextAsync(folder.Record, "{\"runId\": \"r\"}", Cancellation);

        var refusal = await Assert.ThrowsAsync<SeatrialException>(() => RunRecord.ReadAsync(folder, Cancellation));

        Assert.Equal("The run's record is damaged.", refusal.Problems[0].What);
    }
}
