using Seatrial.Engine.Chaos.Shrinking;

namespace Seatrial.Engine.Tests.Chaos;

public sealed class ReproductionTests
{
    [Theory]
    [InlineData(1.0, 1)]
    [InlineData(0.95, 1)]
    [InlineData(0.8, 2)]
    [InlineData(0.5, 5)]
    [InlineData(0.25, 11)]
    [InlineData(0.01, 20)]
    [InlineData(0.0, 20)]
    public void A_candidate_runs_as_often_as_the_rate_asks_for(double rate, int runs) =>
        Assert.Equal(runs, Reproduction.RunsToClear(rate, 0.05, most: 20));

    [Fact]
    public void The_interval_is_wilsons()
    {
        var (low, high) = new Reproduction(4, 5).Interval;

        Assert.Equal(0.376, low, 0.001);
        Assert.Equal(0.964, high, 0.001);
        Assert.Equal("4 of 5 runs (80 %, 95 % interval 38 % to 96 %)", new Reproduction(4, 5).ToString());
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 5)]
    [InlineData(5, 5)]
    public void The_interval_stays_within_bounds(int failures, int runs)
    {
        var (low, high) = new Reproduction(failures, runs).Interval;

        Assert.InRange(low, 0, high);
        Assert.InRange(high, low, 1);
    }
}
