using Seatrial.Engine.Checks;
using Seatrial.Engine.Trends;

namespace Seatrial.Engine.Tests.Trends;

public sealed class RunComparisonTests
{
    private const double Least = ChangeKinds.UsualLeast;

    private static readonly MetricName[] _names =
        [new() { Kind = MetricKind.Throughput }, new() { Kind = MetricKind.Latency, Quantile = 0.5 }];

    [Fact]
    public void A_sixth_slower_is_called_in_95_of_100()
    {
        var changes = Enumerable.Range(0, 100).Select(i => Changes((ulong)i, slower: 1.15)).ToList();

        Assert.InRange(changes.Count(one => one.Any(change => change.Kind is ChangeKind.Worse)), 95, 100);
    }

    [Fact]
    public void The_same_twice_is_called_in_none_of_20_and_at_most_one_of_100()
    {
        var called = Enumerable.Range(0, 100)
            .Select(i => Changes((ulong)(1000 + i), slower: 1).Any(change => change.Kind is ChangeKind.Worse))
            .ToList();

        Assert.DoesNotContain(true, called.Take(20));
        Assert.InRange(called.Count(isCalled => isCalled), 0, 1);
    }

    [Fact]
    public void Earlier_runs_tell_what_runs_vary_by()
    {
        var runs = new SimulatedRuns(5) { SpreadOfRuns = 0, Seconds = 120 };
        var (before, after) = (runs.Run(), runs.Run(1.1));

        Assert.Equal(ChangeKind.Worse, Compare(before, after, null)[1].Kind);
        Assert.Equal(ChangeKind.Unclear, Compare(before, after, new Spread(0.08, 10))[1].Kind);
        Assert.Equal(ChangeKind.Worse, Compare(before, after, new Spread(0.01, 10))[1].Kind);
    }

    [Theory]
    [InlineData(0.013, 1.15, 950, 1000)]
    [InlineData(0.013, 1, 0, 1)]
    [InlineData(0.06, 1, 0, 10)]
    public void By_earlier_runs_a_sixth_slower_is_called_and_the_same_no_more_often_than_the_interval_says(
        double spreadOfRuns, double slower, int least, int most)
    {
        var chance = new SimulatedRuns(77);
        RunMeasurements Run(double level) =>
            With(new RunMetric("latency.p50", level * Math.Exp(spreadOfRuns * chance.Normal()), 1000));

        var called = Enumerable.Range(0, 1000).Count(_ =>
        {
            var earlier = Enumerable.Range(0, 12).Select(_ => Run(1)).ToList();
            return RunComparison.Compare(
                earlier[^1], Run(slower), [_names[1]], Least,
                name => Spread.Of([.. earlier.Select(run => run.Metrics)], name)).Single().Kind is ChangeKind.Worse;
        });

        Assert.InRange(called, least, most);
    }

    [Fact]
    public void Too_few_earlier_runs_tell_nothing()
    {
        IReadOnlyList<RunMetric> run = [new("throughput", 100, 1000)];

        Assert.Null(Spread.Of([run, run, run, run], _names[0]));
        Assert.Null(Spread.Of([run, run, run, run, []], _names[0]));
        Assert.Equal(new Spread(0, 5), Spread.Of([run, run, run, run, run], _names[0]));
        Assert.Equal(Spread.MostRuns, Spread.Of([.. Enumerable.Repeat(run, 30)], _names[0])?.Runs);
    }

    [Fact]
    public void The_interval_of_blocks_is_wider_than_that_of_seconds_would_be()
    {
        // The mean of seconds that resemble each other varies more than that of as many independent ones.
        var runs = new SimulatedRuns(11) { SpreadOfRuns = 0, Seconds = 400, PerSecond = 200 };
        var ratio = Compare(runs.Run(), runs.Run(), null)[0].Ratio ?? throw new InvalidOperationException();
        var independent = 1.96 * 0.04 * Math.Sqrt(2.0 / 400);

        Assert.InRange(Math.Log(ratio.High / ratio.Low) / 2, 1.4 * independent, 3 * independent);
    }

    [Fact]
    public void A_short_run_says_nothing()
    {
        var runs = new SimulatedRuns(1) { Seconds = 12, PerSecond = 500 };
        var change = Compare(runs.Run(), runs.Run(3), null)[0];

        Assert.Equal(ChangeKind.Missing, change.Kind);
        Assert.Equal("12 s are too few to tell noise from change: it takes 16 s", change.Because);
    }

    [Fact]
    public void A_run_without_metrics_says_nothing()
    {
        var changes = Compare(RunMeasurements.None, new SimulatedRuns(1).Run(), null);

        Assert.All(changes, change => Assert.Equal(ChangeKind.Missing, change.Kind));
        Assert.Equal(Verdict.Unknown, ChangeKinds.Verdict(changes));
    }

    [Fact]
    public void A_quantile_of_too_few_records_is_told_with_how_many_it_takes()
    {
        var runs = new SimulatedRuns(1) { Seconds = 60, PerSecond = 100 };
        MetricName name = new() { Kind = MetricKind.Latency, Quantile = 0.999 };
        var change = RunComparison.Compare(runs.Run(), runs.Run(), [name], Least, _ => null).Single();

        Assert.Equal("the first run has fewer than the 10,000 records that it takes", change.Because);
    }

    [Fact]
    public void More_dead_letters_are_a_regression_when_chance_does_not_explain_them()
    {
        MetricName errors = new() { Kind = MetricKind.Errors };
        ChangeKind Kind(double before, double after, double least = Least) => RunComparison.Compare(
            With(new RunMetric("errors", before, 10_000)), With(new RunMetric("errors", after, 10_000)),
            [errors], least, _ => null).Single().Kind;

        Assert.Equal(ChangeKind.Worse, Kind(0, 0.001));
        Assert.Equal(ChangeKind.Unclear, Kind(0, 0.0002));
        Assert.Equal(ChangeKind.Worse, Kind(0.01, 0.015));
        Assert.Equal(ChangeKind.Unclear, Kind(0.01, 0.015, least: 0.4));
        Assert.Equal(ChangeKind.Same, Kind(0.01, 0.015, least: 0.6));
        Assert.Equal(ChangeKind.Same, Kind(0.01, 0.0101));
        Assert.Equal(ChangeKind.Same, Kind(0, 0));
        Assert.Equal(ChangeKind.Better, Kind(0.001, 0));
    }

    private static RunMeasurements With(RunMetric metric) => new() { Metrics = [metric], Stages = [] };

    private static IReadOnlyList<MetricChange> Changes(ulong seed, double slower)
    {
        var runs = new SimulatedRuns(seed) { SpreadOfRuns = 0.008, Seconds = 120, PerSecond = 200 };
        return Compare(runs.Run(), runs.Run(slower), null);
    }

    private static IReadOnlyList<MetricChange> Compare(
        RunMeasurements before, RunMeasurements after, Spread? spread) =>
        RunComparison.Compare(before, after, _names, Least, _ => spread);
}
