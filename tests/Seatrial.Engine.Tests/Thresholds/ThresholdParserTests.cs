using Seatrial.Engine.Thresholds;

namespace Seatrial.Engine.Tests.Thresholds;

public sealed class ThresholdParserTests
{
    private static readonly ThresholdScope _all = new()
    {
        Sources = Enum.GetValues<ThresholdSource>(),
        Phases = ["steady", "peak"],
        Stages = ["take", "give"],
        Faults = ["kill", "pause"],
    };

    [Theory]
    [InlineData("throughput >= 400/s", "throughput", "", null, 400.0, "throughput")]
    [InlineData("throughput>400", "throughput", "", null, 400.0, "throughput")]
    [InlineData("latency.p99{phase:steady} < 800ms", "latency", "p99", 0.99, 0.8, "latency.p99{phase:steady}")]
    [InlineData("latency.p(99.9) <= 2min", "latency", "p99.9", 0.999, 120.0, "latency.p(99.9)")]
    [InlineData("run.max{ phase: peak, stage:give } < 1.5s", "run", "max", null, 1.5, "run.max{ phase: peak, stage:give }")]
    [InlineData("wait.med != 0", "wait", "med", null, 0.0, "wait.med")]
    [InlineData("errors == 0", "errors", "", null, 0.0, "errors")]
    [InlineData("errors.rate < 0.5%", "errors", "rate", null, 0.005, "errors.rate")]
    [InlineData("backlog.growth <= 0", "backlog", "growth", null, 0.0, "backlog.growth")]
    [InlineData("lateness.p95 < 500us", "lateness", "p95", 0.95, 0.0005, "lateness.p95")]
    [InlineData("growth.memory{phase:steady} < 20MB/h", "growth", "memory", null, 20.0 * (1 << 20) / 3600,
        "growth.memory{phase:steady}")]
    [InlineData("growth.disk <= 1.5 GiB/min", "growth", "disk", null, 1.5 * (1 << 30) / 60, "growth.disk")]
    [InlineData("growth.handles < 36/h", "growth", "handles", null, 0.01, "growth.handles")]
    [InlineData("growth.sessions < 0", "growth", "sessions", null, 0.0, "growth.sessions")]
    [InlineData("recovery.ttr{fault:kill} < 10s", "recovery", "ttr", null, 10.0, "recovery.ttr{fault:kill}")]
    [InlineData("recovery.waste < 2%", "recovery", "waste", null, 0.02, "recovery.waste")]
    [InlineData("recovery.cpu < 0.25", "recovery", "cpu", null, 0.25, "recovery.cpu")]
    [InlineData("regression.p99 < 10% @95%", "regression", "p99", 0.99, 0.1, "regression.p99")]
    [InlineData("regression.throughput{stage:give} <= 5%", "regression", "throughput", null, 0.05,
        "regression.throughput{stage:give}")]
    public void It_reads(string text, string metric, string aggregate, double? quantile, double bound, string subject)
    {
        var (threshold, problem) = ThresholdParser.Parse(text, _all);

        Assert.Null(problem);
        Assert.NotNull(threshold);
        Assert.Equal((metric, aggregate, subject), (threshold.Metric, threshold.Aggregate, threshold.Subject));
        Assert.Equal(bound, threshold.Bound, 9);
        Assert.Equal(quantile is null, threshold.Quantile is null);
        Assert.Equal(quantile ?? 0, threshold.Quantile ?? 0, 9);
    }

    [Theory]
    [InlineData("", 1, "There is no metric", "Metrics are")]
    [InlineData("latancy.p99 < 1s", 1, "latancy is no metric", "Did you mean latency?")]
    [InlineData("latency < 1s", 9, "latency alone is no value", ".p50 to .p99.99")]
    [InlineData("latency.p101 < 1s", 9, "p101 is no percentile", "max")]
    [InlineData("latency.mux < 1s", 9, "latency has no mux", "Did you mean max?")]
    [InlineData("latency.p99{phse:steady} < 1s", 13, "phse is no tag of latency", "Did you mean phase?")]
    [InlineData("latency.p99{fault:kill} < 1s", 13, "fault is no tag of latency", "phase or stage")]
    [InlineData("capacity{phase:steady} > 1/s", 10, "phase is no tag of capacity", "capacity has no tags")]
    [InlineData("recovery.ttr{fault:kil} < 1s", 20, "There is no fault kil", "Did you mean kill?")]
    [InlineData("growth.memory < 20MB", 19, "MB is no unit of this", "MB/h")]
    [InlineData("growth.memory < 20", 19, "The number has no unit", "MB/h")]
    [InlineData("growth.handles < 20MB/h", 20, "MB/h is no unit of this", "/h")]
    [InlineData("growth.memory > 1MB/h", 15, "growth can only be bounded from above", "<, <=")]
    [InlineData("regression.p99 >= 10%", 16, "regression can only be bounded from above", "<, <=")]
    [InlineData("regression.p99 < 10% @99%", 22, "Another confidence is not to be had", "@95%")]
    [InlineData("regression.p99 < 0%", 18, "A change of nothing", "5%")]
    [InlineData("regression.p99{phase:steady} < 5%", 16, "phase is no tag of regression", "stage")]
    [InlineData("latency.p99 < 1s @95%", 18, "\"@95%\" follows", "one threshold an item")]
    [InlineData("latency.p99{phase:stedy} < 1s", 19, "There is no phase stedy", "Did you mean steady?")]
    [InlineData("latency.p99{phase} < 1s", 18, "The tag phase has no value", "steady, peak")]
    [InlineData("latency.p99{phase:peak,phase:peak} < 1s", 30, "phase is said twice", "peak")]
    [InlineData("latency.p99{phase:peak < 1s", 24, "The tags do not end", "}")]
    [InlineData("latency.p99 1s", 13, "A comparison belongs here", "<=")]
    [InlineData("latency.p99 <", 14, "A number belongs here", "latency.p99")]
    [InlineData("latency.p99 < 1", 16, "The number has no unit", "ms")]
    [InlineData("latency.p99 < 1/s", 16, "/s is no unit of this", "ms")]
    [InlineData("errors == 0 records", 13, "records is no unit of this", "alone")]
    [InlineData("errors == 0, 1", 12, "\", 1\" follows", "one threshold an item")]
    [InlineData("errors.rate < 1", 16, "The number has no unit", "%")]
    public void It_says_where_it_went_wrong_and_what_may_be_meant(string text, int column, string what, string fix)
    {
        var (threshold, problem) = ThresholdParser.Parse(text, _all);

        Assert.Null(threshold);
        Assert.NotNull(problem);
        Assert.Contains(what, problem.What, StringComparison.Ordinal);
        Assert.Contains(fix, problem.Fix, StringComparison.Ordinal);
        Assert.Equal(column, problem.Column);
    }

    [Theory]
    [InlineData("latency.p99 < 1s", "suites.performance.thresholds")]
    [InlineData("recovery.ttr < 1s", "suites.faults.thresholds")]
    [InlineData("growth.memory < 1MB/h", "thresholds of a suite")]
    public void What_is_measured_elsewhere_belongs_there(string text, string fix)
    {
        var (threshold, problem) = ThresholdParser.Parse(text, new ThresholdScope { Sources = [] });

        Assert.Null(threshold);
        Assert.Contains("is not measured here", problem?.What, StringComparison.Ordinal);
        Assert.Contains(fix, problem?.Fix, StringComparison.Ordinal);
    }
}
