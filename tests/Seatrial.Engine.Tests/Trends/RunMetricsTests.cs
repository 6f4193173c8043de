using CsCheck;
using Seatrial.Engine.Runs;
using Seatrial.Engine.Trends;

namespace Seatrial.Engine.Tests.Trends;

public sealed class RunMetricsTests
{
    [Fact]
    public void A_quantile_is_shown_only_with_ten_records_beyond_it()
    {
        Assert.Equal(["throughput", "latency.p50", "latency.p95"], Names(999));
        Assert.Equal(["throughput", "latency.p50", "latency.p95", "latency.p99"], Names(1000));
        Assert.Equal(["throughput"], Names(19));
        Assert.Empty(Names(0));
    }

    [Fact]
    public void Quantiles_are_those_of_all_records_within_a_hundredth() => Gen.Long[0, 100_000_000].Array[1000, 2000]
        .Sample(
            times =>
            {
                var metrics = RunMetrics.Of([Seconds("rpa1", times)], []).Metrics;
                var sorted = times.Order().ToArray();

                foreach (var quantile in new[] { 0.5, 0.95, 0.99 })
                {
                    var name = new MetricName { Kind = MetricKind.Latency, Quantile = quantile }.ToString();
                    var value = metrics.Single(metric => metric.Name == name).Value * 1e6;
                    var at = (int)Math.Ceiling(quantile * sorted.Length) - 1;
                    Assert.InRange(value, sorted[at] * 0.984, (sorted[at] * 1.016) + 1);
                }
            },
            iter: 50);

    [Fact]
    public void Stages_have_metrics_of_their_own_and_all_together()
    {
        StageSeconds[] stages =
        [
            Seconds("rpa1", [.. Enumerable.Repeat(10_000L, 100)]),
            Seconds("rpa2", [.. Enumerable.Repeat(90_000L, 300)]),
        ];
        QueueSummary[] queues =
            [new("rpa1", 100, 0, 0, 0, 100, 0, 100), new("rpa2", 304, 0, 0, 0, 300, 4, 300)];
        var metrics = RunMetrics.Of(stages, queues).Metrics.ToDictionary(metric => metric.Name);

        Assert.Equal(400, metrics["throughput"].Value);
        Assert.Equal(100, metrics["throughput{stage:rpa1}"].Value);
        Assert.Equal(0.09, metrics["latency.p50{stage:rpa2}"].Value, tolerance: 0.001);
        Assert.Equal(4 / 404.0, metrics["errors"].Value, 12);
        Assert.Equal(0, metrics["errors{stage:rpa1}"].Value);
        Assert.Equal(300, metrics["latency.p50{stage:rpa2}"].Count);
    }

    [Fact]
    public void Seconds_come_back_as_they_were_packed() => Gen.Long[0, long.MaxValue / 2].Array[0, 50].Array[0, 10]
        .Sample(seconds =>
        {
            var stage = new StageSeconds("rpa1", 9.5, [.. seconds.Select(Histogram)]);
            var back = StageSeconds.Unpack("rpa1", 9.5, stage.Pack());

            Assert.Equal(
                stage.Seconds.Select(second => (second.Count, string.Join(' ', second.Buckets))),
                back.Seconds.Select(second => (second.Count, string.Join(' ', second.Buckets))));
        });

    [Fact]
    public void Damaged_seconds_are_told() =>
        Assert.Throws<InvalidDataException>(() => StageSeconds.Unpack("rpa1", 1, [1, 2, 3]));

    [Fact]
    public void A_bucket_begins_at_or_below_what_is_in_it_and_is_narrow() =>
        Gen.Long[0, long.MaxValue / 4].Sample(value =>
        {
            var bucket = LatencyHistogram.BucketOf(value);
            var (low, high) = (LatencyHistogram.LowestOf(bucket), LatencyHistogram.LowestOf(bucket + 1));

            Assert.InRange(value, low, high);
            Assert.InRange(high - low, 1, Math.Max(1, value / 63.0));
        });

    [Theory]
    [InlineData("throughput")]
    [InlineData("errors")]
    [InlineData("latency.p50")]
    [InlineData("latency.p99.9")]
    [InlineData("latency.p99{stage:rpa2}")]
    [InlineData("errors{stage:a b}")]
    public void A_name_reads_as_it_is_written(string name) => Assert.Equal(name, MetricName.Parse(name)?.ToString());

    [Theory]
    [InlineData("")]
    [InlineData("latency")]
    [InlineData("latency.p0")]
    [InlineData("latency.p100")]
    [InlineData("throughput{stage:}")]
    [InlineData("throughput{phase:fault}")]
    [InlineData("troughput")]
    public void What_is_no_name_is_none(string name) => Assert.Null(MetricName.Parse(name));

    private static string[] Names(int records) =>
    [
        .. RunMetrics.Of([Seconds("rpa1", [.. Enumerable.Repeat(1000L, records)])], []).Metrics
            .Select(metric => metric.Name),
    ];

    private static StageSeconds Seconds(string stage, long[] times) => new(stage, 1, [Histogram(times)]);

    private static LatencyHistogram Histogram(long[] times)
    {
        var histogram = new LatencyHistogram();
        foreach (var time in times)
        {
            histogram.Add(time);
        }

        return histogram;
    }

    [Fact]
    public void Of_some_stretches_only_their_whole_seconds_count()
    {
        var seconds = Enumerable.Range(0, 10).Select(i =>
        {
            var histogram = new LatencyHistogram();
            histogram.Add(i);
            return histogram;
        });

        var within = new StageSeconds("rpa1", 9.5, [.. seconds]).Within(
            [(1.5, 4), (8, 10)], Histogram([8, 50]));

        // What was left at their end is in the last.
        Assert.Equal(3, within.Length);
        Assert.Equal([[2], [3], [8, 50]], within.Seconds.Select(second => second.Buckets.Select(bucket => bucket.Key)));
        Assert.Equal([1, 1, 3], within.Seconds.Select(second => second.Count));
    }
}
