using Seatrial.Engine.Trends;

namespace Seatrial.Engine.Tests.Trends;

public sealed class ScalingFiguresTests
{
    [Fact]
    public void Work_that_is_shared_evenly_has_no_serial_part() => Assert.Equal(
        [
            new ScalingFigure(1, 100, 1, 1, null),
            new ScalingFigure(2, 200, 2, 1, 0),
            new ScalingFigure(4, 400, 4, 1, 0),
        ],
        ScalingFigures.Of([new(4, [400]), new(1, [90, 100, 500]), new(2, [200])]));

    [Fact]
    public void Work_of_which_half_is_serial_shows_it_by_Amdahls_law()
    {
        var figures = ScalingFigures.Of([new(1, [100]), new(2, [100 / 0.75]), new(4, [160])]);

        Assert.Equal(0.5, figures[1].Serial.GetValueOrDefault(), 1e-9);
        Assert.Equal(0.5, figures[2].Serial.GetValueOrDefault(), 1e-9);
        Assert.Equal(0.4, figures[2].Efficiency, 1e-9);
    }

    [Fact]
    public void More_workers_that_do_less_are_wholly_serial()
    {
        var slower = ScalingFigures.Of([new(2, [100]), new(4, [80])])[1];

        Assert.Equal((0.8, 0.4, 1), (slower.SpeedUp, slower.Efficiency, slower.Serial));
    }

    [Fact]
    public void What_never_ran_is_left_out() =>
        Assert.Equal([2], ScalingFigures.Of([new(1, []), new(2, [10])]).Select(figure => figure.Workers));
}
