using Seatrial.Engine.Trends;

namespace Seatrial.Engine.Tests.Recovery;

public sealed class TimelineTests
{
    [Fact]
    public void Seconds_hold_each_completion_with_its_time_in_the_queue_and_end_with_the_last()
    {
        var stage = Assert.Single(new SteadyHistory().Timeline().Seconds(SteadyHistory.Start));

        Assert.Equal(("rpa1", 30), (stage.Stage, stage.Seconds.Count));
        Assert.Equal(29.995, stage.Length, tolerance: 0.001);
        Assert.All(stage.Seconds, second => Assert.Equal(100, second.Count));
        var metrics = RunMetrics.Of([stage], []).Metrics;
        Assert.Equal(100, metrics[0].Value, tolerance: 0.05);
        Assert.All(metrics.Skip(1), latency => Assert.Equal(0.005, latency.Value, tolerance: 0.0001));
    }

    [Fact]
    public void Seconds_begin_with_the_load()
    {
        var stage = Assert.Single(new SteadyHistory().Timeline().Seconds(SteadyHistory.Instant(10_000)));

        Assert.Equal(20, stage.Seconds.Count);
        Assert.Equal(2000, stage.Seconds.Sum(second => second.Count));
        Assert.Empty(new SteadyHistory().Timeline().Seconds(SteadyHistory.Instant(60_000))[0].Seconds);
    }
}
