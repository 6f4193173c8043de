using Seatrial.Engine.Trends;

namespace Seatrial.Engine.Tests.Trends;

public sealed class GroupComparisonTests
{
    private const int Pairs = 10;
    private const int LeastPairs = 5;
    private const double Least = ChangeKinds.UsualLeast;

    private static readonly MetricName _p50 = new() { Kind = MetricKind.Latency, Quantile = 0.5 };
    private static readonly MetricName _rate = new() { Kind = MetricKind.Throughput };

    [Fact]
    public void A_sixth_slower_is_called_in_95_of_100_nearly_always_after_the_least_runs()
    {
        var called = Enumerable.Range(0, 100).Select(i => InTurn((ulong)i, slower: 1.15)).ToList();

        Assert.InRange(called.Count(one => one.Kind is ChangeKind.Worse), 95, 100);
        Assert.InRange(called.Average(one => one.Pairs), LeastPairs, LeastPairs + 1);
    }

    [Fact]
    public void The_same_twice_is_called_in_none_of_20_and_at_most_one_of_100()
    {
        var kinds = Enumerable.Range(0, 100).Select(i => InTurn((ulong)(1000 + i), slower: 1).Kind).ToList();

        Assert.DoesNotContain(ChangeKind.Worse, kinds.Take(20));
        Assert.InRange(kinds.Count(kind => kind is ChangeKind.Worse), 0, 1);
        Assert.InRange(kinds.Count(kind => kind is ChangeKind.Better), 0, 1);
        Assert.InRange(kinds.Count(kind => kind is ChangeKind.Same), 30, 100);
    }

    [Fact]
    public void More_runs_are_taken_while_they_may_tell()
    {
        MetricChange Of(ChangeKind kind) => new() { Metric = "throughput", Kind = kind };

        Assert.True(GroupComparison.TakesMore(4, 5, [Of(ChangeKind.Worse)]));
        Assert.False(GroupComparison.TakesMore(5, 5, [Of(ChangeKind.Worse), Of(ChangeKind.Unclear)]));
        Assert.True(GroupComparison.TakesMore(5, 5, [Of(ChangeKind.Same), Of(ChangeKind.Unclear)]));
        Assert.True(GroupComparison.TakesMore(9, 5, [Of(ChangeKind.Unclear)]));
        Assert.False(GroupComparison.TakesMore(10, 5, [Of(ChangeKind.Unclear)]));
        Assert.False(GroupComparison.TakesMore(5, 5, [Of(ChangeKind.Same), Of(ChangeKind.Missing)]));
    }

    [Fact]
    public void Faster_is_better_in_time_and_in_rate()
    {
        var runs = Runs(7);
        var changes = GroupComparison.Compare(runs.Group(Pairs), runs.Group(Pairs, 0.8), [_p50, _rate], Least);

        Assert.All(changes, change => Assert.Equal(ChangeKind.Better, change.Kind));
        Assert.InRange(changes[0].Ratio?.Estimate ?? 0, 0.77, 0.83);
        Assert.InRange(changes[1].Ratio?.Estimate ?? 0, 1.2, 1.3);
    }

    [Fact]
    public void A_change_that_is_certain_and_small_is_none()
    {
        var runs = new SimulatedRuns(3) { SpreadOfRuns = 0.002, Seconds = 30 };
        var change = GroupComparison.Compare(runs.Group(Pairs), runs.Group(Pairs, 1.03), [_rate], Least).Single();

        Assert.Equal(ChangeKind.Same, change.Kind);
        Assert.True(change.Ratio is { Low: > 1 } or { High: < 1 });
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(10, 3)]
    public void Too_few_runs_say_nothing(int before, int after)
    {
        var change = Compare([.. Enumerable.Repeat(1.0, before)], [.. Enumerable.Repeat(9.0, after)], _p50);

        Assert.Equal(ChangeKind.Missing, change.Kind);
        Assert.Contains("too few", change.Because, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_number_is_no_run()
    {
        double[] values = [1, 1, 1, 1, double.NaN, double.PositiveInfinity];

        Assert.Equal(ChangeKind.Same, Compare(values, values, _p50).Kind);
        Assert.Equal(ChangeKind.Missing, Compare([double.NaN, double.NaN, double.NaN, double.NaN], values, _p50).Kind);
    }

    [Fact]
    public void Zeros_are_judged_by_their_ranks()
    {
        var errors = new MetricName { Kind = MetricKind.Errors };
        double[] none = [0, 0, 0, 0, 0];
        double[] some = [0.1, 0.2, 0.1, 0.3, 0.1];

        Assert.Equal(ChangeKind.Same, Compare(none, none, errors).Kind);
        Assert.Equal(ChangeKind.Worse, Compare(none, some, errors).Kind);
        Assert.Equal(ChangeKind.Better, Compare(some, none, errors).Kind);
        Assert.Equal(ChangeKind.Same, Compare(none, [0, 0, 0, 0, 0.1], errors).Kind);
    }

    [Fact]
    public void Four_runs_of_each_call_only_what_does_not_overlap()
    {
        Assert.Equal(ChangeKind.Worse, Compare([1, 1.01, 1.02, 1.03], [1.2, 1.21, 1.22, 1.23], _p50).Kind);
        Assert.NotEqual(ChangeKind.Worse, Compare([1, 1.01, 1.02, 1.205], [1.2, 1.21, 1.22, 1.23], _p50).Kind);
    }

    /// <summary>As two images are compared.</summary>
    private static (ChangeKind Kind, int Pairs) InTurn(ulong seed, double slower)
    {
        var runs = Runs(seed);
        var (before, after) = (new List<RunMeasurements>(), new List<RunMeasurements>());
        var changes = new List<MetricChange>();
        while (GroupComparison.TakesMore(after.Count, LeastPairs, changes))
        {
            before.Add(runs.Run());
            after.Add(runs.Run(slower));
            changes = [.. GroupComparison.Compare(before, after, [_p50], Least)];
        }

        return (changes.Single().Kind, after.Count);
    }

    private static SimulatedRuns Runs(ulong seed) =>
        new(seed) { SpreadOfRuns = 0.04, Seconds = 20, PerSecond = 50 };

    private static MetricChange Compare(double[] before, double[] after, MetricName name) => GroupComparison.Compare(
        [.. before.Select(value => new RunMetric(name.ToString(), value, 1000))],
        [.. after.Select(value => new RunMetric(name.ToString(), value, 1000))],
        name,
        Least);
}
