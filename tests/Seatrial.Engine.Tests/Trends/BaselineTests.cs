using Seatrial.Engine.Checks;
using Seatrial.Engine.Runs;
using Seatrial.Engine.Trends;

namespace Seatrial.Engine.Tests.Trends;

public sealed class BaselineTests : IDisposable
{
    private static readonly MetricName _p99 = new() { Kind = MetricKind.Latency, Quantile = 0.99 };

    private readonly string _folder = Directory.CreateTempSubdirectory("seatrial-baseline-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Without_a_good_run_there_is_none()
    {
        using var store = RunStore.Open(_folder);
        store.Add(Entry(1, RunMeasurements.None) with { Verdict = Verdict.Fail }, []);

        Assert.Null(Baseline.Before(Entry(2, RunMeasurements.None), store));
    }

    [Theory]
    [InlineData(1, 1.3, ChangeKind.Worse)]
    [InlineData(1, 1.0, ChangeKind.Same)]
    [InlineData(8, 1.3, ChangeKind.Worse)]
    [InlineData(8, 1.0, ChangeKind.Same)]
    public async Task Kept_with_a_run_it_says_the_same_without_the_store(int runs, double slower, ChangeKind said)
    {
        var simulated = new SimulatedRuns(7) { SpreadOfRuns = 0.005 };
        using (var store = RunStore.Open(_folder))
        {
            for (var i = 0; i < runs; i++)
            {
                var run = simulated.Run();
                store.Add(Entry(i, run), run.Stages);
            }
        }

        var after = simulated.Run(slower);
        var record = Record(runs, after);
        var folder = RunFolder.Create(Path.Combine(_folder, "run"), _folder, record.RunId);
        await record.WriteAsync(folder, Cancellation);
        var kept = (await RunRecord.ReadAsync(folder, Cancellation)).Baseline;

        Assert.NotNull(kept);
        Assert.Equal(($"run-{runs - 1}", runs), (kept.RunId, kept.Earlier.Count));
        var change = kept.Compare(after, _p99, 0.15);
        Assert.Equal(said, change.Kind);
        Assert.Equal(record.Baseline?.Compare(after, _p99, 0.15), change);
    }

    private RunRecord Record(int at, RunMeasurements run)
    {
        var record = new RunRecord
        {
            RunId = $"run-{at}",
            System = "rpa",
            Command = "./seatrial trial",
            Suite = "distributed",
            Seed = 1,
            Records = 10,
            StartedAt = DateTimeOffset.UnixEpoch.AddHours(at),
            SuiteDuration = TimeSpan.FromSeconds(1),
            Duration = TimeSpan.FromSeconds(2),
            StoppedBecause = null,
            Interrupted = false,
            Faults = [],
            Casualties = [],
            Containers = [],
            Steps = [],
            Images = [],
            Environment = new Dictionary<string, string>(),
        };
        using var store = RunStore.Open(_folder);
        return record with
        {
            Baseline = Baseline.Before(Entry(at, run), store),
        };
    }

    private static RunEntry Entry(int at, RunMeasurements run) => new()
    {
        Id = $"run-{at}",
        System = "rpa",
        Suite = "distributed",
        Seed = 1,
        StartedAt = DateTimeOffset.UnixEpoch.AddHours(at),
        Duration = TimeSpan.FromSeconds(2),
        Verdict = Verdict.Pass,
        Records = 10,
        Version = "1",
        Machine = "unknown",
        Images = new Dictionary<string, string>(),
        Folder = "",
        Command = "./seatrial trial",
        Metrics = run.Metrics,
    };
}
