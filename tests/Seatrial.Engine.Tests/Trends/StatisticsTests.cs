using CsCheck;
using Seatrial.Engine.Trends;

namespace Seatrial.Engine.Tests.Trends;

/// <summary>The pieces of arithmetic below comparisons.</summary>
public sealed class StatisticsTests
{
    private static readonly Gen<double[]> _values = Gen.Double[0.001, 1000].Array[1, 12];

    [Fact]
    public void An_interval_holds_its_estimate_and_turns_round_with_its_sides() => Gen.Select(_values, _values).Sample(
        (before, after) =>
        {
            var ratio = Bootstrap.RatioOfMedians(before, after);

            Assert.NotNull(ratio);
            Assert.InRange(Bootstrap.Median(after) / Bootstrap.Median(before), ratio.Low, ratio.High);
            Assert.Equal(ratio, Bootstrap.RatioOfMedians(before, after));
        },
        iter: 200);

    [Fact]
    public void The_unit_does_not_matter() => Gen.Select(_values, _values).Sample(
        (before, after) =>
        {
            var (one, other) = (
                Bootstrap.RatioOfMedians(before, after),
                Bootstrap.RatioOfMedians([.. before.Select(value => value * 1024)], [.. after.Select(value => value * 1024)]));

            Assert.Equal(one, other);
        },
        iter: 100);

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void There_is_no_ratio_of_what_is_not_above_0(double value)
    {
        Assert.Null(Bootstrap.RatioOfMedians([1, value], [1, 2]));
        Assert.Null(Bootstrap.RatioOfMedians([1, 2], [value]));
        Assert.Null(Bootstrap.RatioOfMedians([], [1]));
    }

    [Fact]
    public void Mann_and_Whitney_agree_with_the_tables()
    {
        // All below all: 2 / C(8, 4), 2 / C(10, 5), 2 / C(6, 3).
        Assert.Equal(2 / 70.0, MannWhitney.Probability([1, 2, 3, 4], [5, 6, 7, 8]), 12);
        Assert.Equal(2 / 252.0, MannWhitney.Probability([6, 7, 8, 9, 10], [1, 2, 3, 4, 5]), 12);
        Assert.Equal(0.1, MannWhitney.Probability([1, 2, 3], [4, 5, 6]), 12);

        // U = 1 of 5 and 5: 4 / 252.
        Assert.Equal(4 / 252.0, MannWhitney.Probability([1, 2, 3, 4, 6], [5, 7, 8, 9, 10]), 12);
        Assert.Equal(1, MannWhitney.Probability([1, 1, 1], [1, 1, 1]), 12);
        Assert.Equal(1, MannWhitney.Probability([], [1]));
    }

    [Fact]
    public void Mann_and_Whitney_do_not_care_which_side_is_which() => Gen.Select(
        Gen.Int[0, 6].Array[1, 8], Gen.Int[0, 6].Array[1, 8]).Sample((one, other) =>
        {
            double[] a = [.. one.Select(value => (double)value)];
            double[] b = [.. other.Select(value => (double)value)];

            Assert.Equal(MannWhitney.Probability(a, b), MannWhitney.Probability(b, a), 9);
            Assert.InRange(MannWhitney.Probability(a, b), 1e-9, 1 + 1e-9);
        });

    [Fact]
    public void Rare_events_agree_with_the_binomial()
    {
        Assert.Equal(Math.Pow(0.5, 5), RareEvents.ProbabilityOfMore(0, 100, 5, 100), 12);
        Assert.Equal(1, RareEvents.ProbabilityOfMore(5, 100, 0, 100), 12);
        Assert.Equal(0.5 + (20.0 / 64 / 2), RareEvents.ProbabilityOfMore(3, 100, 3, 100), 12);
        Assert.Equal(Math.Pow(0.75, 5), RareEvents.ProbabilityOfMore(0, 100, 5, 100, times: 3), 12);
        Assert.InRange(RareEvents.ProbabilityOfMore(50_000, 1_000_000, 50_000, 1_000_000), 0.49, 0.51);
    }

    [Fact]
    public void A_level_that_changes_is_found_where_it_does_and_noise_is_not()
    {
        var chance = new SimulatedRuns(9);
        double[] noise = [.. Enumerable.Range(0, 40).Select(_ => 100 * Math.Exp(0.03 * chance.Normal()))];
        double[] steps = [.. noise.Select((value, i) => i < 15 ? value : i < 28 ? value * 1.2 : value * 0.9)];

        Assert.Empty(ChangePoints.Find(noise, 0.05));
        Assert.Equal([15, 28], ChangePoints.Find(steps, 0.05));
        Assert.Empty(ChangePoints.Find([1, 0, 1], 0.05));
        Assert.Empty(ChangePoints.Find([], 0.05));
    }

    [Fact]
    public void Noise_alone_hardly_ever_changes_its_level() => Assert.InRange(
        Enumerable.Range(0, 100).Count(i =>
        {
            var chance = new SimulatedRuns((ulong)i);
            return ChangePoints.Find(
                [.. Enumerable.Range(0, 20).Select(_ => 100 * Math.Exp(0.05 * chance.Normal()))], 0.05).Count > 0;
        }),
        0,
        5);

    [Theory]
    [InlineData(1.10, 1.05, 1.20, true, ChangeKind.Worse)]
    [InlineData(1.10, 1.04, 1.20, true, ChangeKind.Unclear)]
    [InlineData(1.10, 0.99, 1.20, true, ChangeKind.Unclear)]
    [InlineData(1.03, 1.02, 1.04, true, ChangeKind.Same)]
    [InlineData(1.01, 0.98, 1.05, true, ChangeKind.Unclear)]
    [InlineData(0.90, 0.80, 0.95, true, ChangeKind.Better)]
    [InlineData(0.90, 0.80, 0.97, true, ChangeKind.Same)]
    [InlineData(0.90, 0.80, 0.95, false, ChangeKind.Worse)]
    [InlineData(0.97, 0.90, 1.05, false, ChangeKind.Unclear)]
    [InlineData(1.10, 1.05, 1.20, false, ChangeKind.Better)]
    [InlineData(1.10, 0.96, 1.20, false, ChangeKind.Same)]
    public void A_change_is_called_when_it_is_certain_and_large(
        double estimate, double low, double high, bool isCost, ChangeKind expected) =>
        Assert.Equal(expected, ChangeKinds.Of(new Interval(estimate, low, high), isCost, 0.05));
}
