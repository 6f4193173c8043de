using CsCheck;
using Seatrial.Engine.Text;

namespace Seatrial.Engine.Tests.Text;

public sealed class DurationsTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("0s", 0)]
    [InlineData("10s", 10_000)]
    [InlineData("1m30s", 90_000)]
    [InlineData("1h5m30s20ms", 3_930_020)]
    [InlineData("1.5h", 5_400_000)]
    [InlineData(".5s", 500)]
    [InlineData("2.s", 2_000)]
    [InlineData("250ms", 250)]
    [InlineData("1500us", 1.5)]
    [InlineData("1500µs", 1.5)]
    [InlineData("2000000ns", 2)]
    [InlineData("1s1s", 2_000)]
    public void Reads(string text, double milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), Durations.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("10")]
    [InlineData("s")]
    [InlineData("-1s")]
    [InlineData("1d")]
    [InlineData("1w")]
    [InlineData("1 s")]
    [InlineData("1s ")]
    [InlineData("1s\n")]
    [InlineData("1S")]
    [InlineData("1.2.3s")]
    [InlineData(".s")]
    [InlineData("one second")]
    [InlineData("99999999999999999999h")]
    [InlineData("9999999h9999999h9999999h9999999h9999999h9999999h9999999h9999999h9999999h9999999h9999999h")]
    public void Refuses(string text) => Assert.Null(Durations.Parse(text));

    [Fact]
    public void What_is_written_in_hours_to_milliseconds_is_what_is_read() =>
        Gen.Select(Gen.Int[0, 9999], Gen.Int[0, 99], Gen.Int[0, 99], Gen.Int[0, 9999]).Sample((h, m, s, ms) =>
            Durations.Parse($"{h}h{m}m{s}s{ms}ms") == new TimeSpan(0, h, m, s, ms));
}
