using Seatrial.Engine.Trends;
using Seatrial.Engine.Tuning;

namespace Seatrial.Engine.Tests.Tuning;

public sealed class TuningResultTests
{
    [Theory]
    [InlineData(ChangeKind.Better, "gave 2 times the throughput (1.", new[] { 200, 201, 199, 200.0 })]
    [InlineData(ChangeKind.Worse, "made it worse: 0.5 times the throughput (0.", new[] { 50, 51, 49, 50.0 })]
    [InlineData(ChangeKind.Same, "no gain seen that is certain: 1 times the throughput (0.99 … ", new[] { 100, 101, 99, 100.5 })]
    [InlineData(ChangeKind.Unclear, "no difference seen that chance does not make", new[] { 60, 160, 95, 102.0 })]
    [InlineData(ChangeKind.Missing, "not known: 4 and 3 runs are too few", new[] { 200, 201, 199.0 })]
    public void It_says_what_the_runs_gave(ChangeKind kind, string words, double[] after)
    {
        var result = TuningResult.Of(
            [.. new[] { 100, 101, 99, 100.0 }.Select(rate => Run(rate))], [.. after.Select(rate => Run(rate))]);

        Assert.Equal(kind, result.Kind);
        Assert.StartsWith(words, result.Words, StringComparison.Ordinal);
        Assert.Equal(["throughput", "latency.p99"], result.Changes.Select(change => change.Metric));
    }

    [Theory]
    [InlineData(ChangeKind.Same, ChangeKind.Better, ChangeKind.Better, "gave 0.5 times the p99 (0.4 … 0.6), and no")]
    [InlineData(ChangeKind.Same, ChangeKind.Worse, ChangeKind.Worse, "made it worse: 0.5 times the p99")]
    [InlineData(ChangeKind.Better, ChangeKind.Worse, ChangeKind.Better, "gave 0.5 times the throughput (0.4 … 0.6); p99 is worse")]
    [InlineData(ChangeKind.Better, ChangeKind.Better, ChangeKind.Better, "gave 0.5 times the throughput (0.4 … 0.6); 0.5 times the p99")]
    [InlineData(ChangeKind.Same, ChangeKind.Missing, ChangeKind.Same, "no gain seen that is certain: 0.5 times the throughput (0.4 … 0.6)")]
    public void Throughput_goes_before_latency(ChangeKind throughput, ChangeKind latency, ChangeKind kind, string words)
    {
        var result = TuningResult.Of(Change("throughput", throughput), Change("latency.p99", latency));

        Assert.Equal(kind, result.Kind);
        Assert.StartsWith(words, result.Words, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_few_records_the_highest_quantile_that_all_have_stands_for_the_p99()
    {
        var result = TuningResult.Of(
            [.. Enumerable.Repeat(Run(100, ("latency.p50", 1), ("latency.p95", 2)), 4)],
            [.. Enumerable.Repeat(Run(100, ("latency.p50", 1), ("latency.p95", 1), ("latency.p99", 1)), 4)]);

        Assert.Equal(("latency.p95", ChangeKind.Better), (result.Changes[1].Metric, result.Kind));
        Assert.StartsWith("gave 0.5 times the p95", result.Words, StringComparison.Ordinal);
    }

    private static MetricChange Change(string metric, ChangeKind kind) =>
        new() { Metric = metric, Kind = kind, Ratio = new Interval(0.5, 0.4, 0.6) };

    private static RunMeasurements Run(double rate, params (string Name, double Value)[] latencies) => new()
    {
        Metrics =
        [
            new RunMetric("throughput", rate, 1000),
            .. latencies.Select(one => new RunMetric(one.Name, one.Value, 1000)),
        ],
        Stages = [],
    };
}
