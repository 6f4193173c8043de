using CsCheck;
using Seatrial.Engine.Measurements.Trends;

namespace Seatrial.Engine.Tests.Measurements;

public sealed class TheilSenTests
{
    [Fact]
    public void A_straight_line_is_found_exactly() => Gen.Select(Gen.Double[-50, 50], Gen.Double[-1e6, 1e6]).Sample(
        (slope, offset) =>
        {
            var trend = TheilSen.Fit([.. Enumerable.Range(0, 40).Select(i => ((double)i, offset + (slope * i)))]);
            Assert.NotNull(trend);
            Assert.Equal(slope, trend.Slope, tolerance: 1e-3);
            Assert.InRange(trend.Slope, trend.Low - 1e-3, trend.High + 1e-3);
        });

    [Fact]
    public void A_fifth_of_outliers_bends_nothing() => Gen.Int[0, 4].Sample(which =>
    {
        var trend = TheilSen.Fit([.. Enumerable.Range(0, 50).Select(
            i => ((double)i, i % 5 == which ? 1e9 : 3.0 * i))]);
        Assert.Equal(3, trend?.Slope ?? 0, tolerance: 0.5);
    });

    [Fact]
    public void Pure_chance_holds_0_in_its_interval_as_often_as_promised()
    {
        var held = 0;
        const int Tries = 400;
        Gen.Double[-1, 1].Array[60].Sample(
            noise =>
            {
                var trend = TheilSen.Fit([.. noise.Select((y, x) => ((double)x, y))]);
                Interlocked.Add(ref held, trend is { Low: <= 0, High: >= 0 } ? 1 : 0);
            },
            iter: Tries);
        Assert.InRange(held / (double)Tries, 0.97, 1);
    }

    [Fact]
    public void Three_points_show_nothing() => Assert.Null(TheilSen.Fit([(0, 1), (1, 2), (2, 3)]));

    [Fact]
    public void A_constant_has_no_slope()
    {
        var trend = TheilSen.Fit([.. Enumerable.Range(0, 30).Select(i => ((double)i, 7.0))]);
        Assert.Equal((0, 0, 0, 0.5), (trend?.Slope, trend?.Low, trend?.High, trend?.Certainty));
    }
}
