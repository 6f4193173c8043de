using Seatrial.Reports.Html;

namespace Seatrial.Reports.Tests.Html;

public sealed class BucketsTests
{
    [Fact]
    public void A_second_is_a_bucket_as_long_as_there_is_room() => Assert.Equal(1, Buckets.For(480).Width);

    [Fact]
    public void An_outage_of_a_second_in_three_hours_still_shows()
    {
        var seconds = Enumerable.Repeat(1000L, 3 * 3600).ToArray();
        seconds[5_000] = 0;

        var buckets = Buckets.For(seconds.Length);

        Assert.Equal(23, buckets.Width);
        Assert.Equal(0, buckets.Lows(seconds)[5_000 / 23]);
        Assert.Equal(1000, buckets.Highs(seconds)[5_000 / 23]);
        Assert.Equal("4,991–5,014", buckets.Name(5_000 / 23));
    }
}
