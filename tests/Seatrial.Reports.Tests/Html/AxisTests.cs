using CsCheck;
using Seatrial.Reports.Html;

namespace Seatrial.Reports.Tests.Html;

public sealed class AxisTests
{
    [Fact]
    public void Every_value_lies_within_and_ticks_are_few() => Gen.Double[0, 1e18].Sample(most =>
    {
        var axis = Axis.OfCounts(most, from: 100, to: 0);
        return axis.Top >= most && axis.Ticks.Count() is >= 2 and <= 7 && axis.At(most) is >= 0 and <= 100;
    });

    [Fact]
    public void Time_has_at_most_a_dozen_steps_however_long_it_is() => Gen.Double[0.5, 1e8].Sample(most =>
        Axis.OfSeconds(most, from: 0, to: 100).Ticks.Count() is >= 1 and <= 13);

    [Theory]
    [InlineData(30, 5, "5 s")]
    [InlineData(600, 150, "2:30")]
    [InlineData(7200, 3750, "1:02:30")]
    public void Time_is_told_as_a_clock_tells_it(double most, double seconds, string label) =>
        Assert.Equal(label, Axis.OfSeconds(most, 0, 100).Clock(seconds));
}
