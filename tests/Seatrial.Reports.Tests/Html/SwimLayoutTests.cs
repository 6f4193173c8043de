using Seatrial.Reports.Html;

namespace Seatrial.Reports.Tests.Html;

public sealed class SwimLayoutTests
{
    private readonly SwimLayout _layout = new(
        SampleHistories.Zombies[0],
        new LoadClock(SampleRuns.Load, "the load began"),
        new Owners(SampleRuns.Passed().Suites[0]));

    [Fact]
    public void The_queue_is_the_first_lane_and_workers_follow_by_their_containers() =>
        Assert.Equal(["queue", "rpa2-1", "rpa2-2"], _layout.Names);

    [Theory]
    [InlineData(0.0, SwimLayout.Left)]
    [InlineData(12.407, SwimLayout.Left + (SwimLayout.Column * 0.5))]
    [InlineData(13.194, SwimLayout.Left + SwimLayout.Column)]
    [InlineData(99.0, SwimLayout.Left + (SwimLayout.Column * 8))]
    public void Instants_stand_between_their_neighbours(double seconds, double x) =>
        Assert.Equal(x, _layout.XAt(seconds), tolerance: 0.01);
}
