using CsCheck;
using Seatrial.Engine.Measurements.Trends;

namespace Seatrial.Engine.Tests.Measurements;

public sealed class LeastSquaresTests
{
    [Fact]
    public void A_line_has_its_slope_wherever_it_begins() => Gen.Select(
        Gen.Double[-1000, 1000], Gen.Double[-50, 50], Gen.Int[2, 40]).Sample((begin, slope, count) =>
    {
        var points = Enumerable.Range(0, count).Select(i => (1.7e9 + i, begin + (slope * i))).ToList();

        return Math.Abs(LeastSquares.Slope(points) - slope) < 1e-3;
    });

    [Fact]
    public void Chance_on_both_sides_cancels_out() =>
        Assert.Equal(29 / 35.0, LeastSquares.Slope([(0, 1), (1, 0), (2, 3), (3, 2), (4, 5), (5, 4)]), 1e-12);

    [Fact]
    public void What_has_no_width_rises_by_nothing()
    {
        Assert.Equal(0, LeastSquares.Slope([]));
        Assert.Equal(0, LeastSquares.Slope([(1, 1)]));
        Assert.Equal(0, LeastSquares.Slope([(1, 1), (1, 2)]));
    }
}
