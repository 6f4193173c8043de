using CsCheck;
using Seatrial.Worker.Configuration;

namespace Seatrial.Worker.Tests.Configuration;

public sealed class DurationTextTests
{
    private static readonly string[] Words = ["", "sec", "minutes", "h", "msec"];

    [Theory]
    [InlineData("500ms", 500)]
    [InlineData("5s", 5_000)]
    [InlineData("1m30s", 90_000)]
    [InlineData("2h", 7_200_000)]
    [InlineData("1.5s", 1_500)]
    [InlineData("0s", 0)]
    public void Reads_what_compose_writes(string text, double milliseconds)
    {
        Assert.True(DurationText.TryParse(text, out var duration));
        Assert.Equal(milliseconds, duration.TotalMilliseconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("5 s")]
    [InlineData("-5s")]
    [InlineData("s")]
    [InlineData("5d")]
    [InlineData("1,5s")]
    [InlineData("999999999999h")]
    public void Refuses_the_rest(string text) => Assert.False(DurationText.TryParse(text, out _));

    [Fact]
    public void What_is_written_is_read_back() =>
        Gen.Long[0, TimeSpan.FromDays(1000).Ticks / TimeSpan.TicksPerMicrosecond]
        .Select(TimeSpan.FromMicroseconds)
        .Sample(duration => DurationText.TryParse(DurationText.Format(duration), out var read) && read == duration);

    [Fact]
    public void Any_text_is_read_or_refused_without_an_exception() => Gen.String[Gen.Char["0123456789.hmsu ,-"], 0, 20]
        .Sample(text =>
            DurationText.TryParse(text, out var duration) ? duration >= TimeSpan.Zero : duration == TimeSpan.Zero);

    [Theory]
    [InlineData("5", "5s")]
    [InlineData("5 seconds", "5s")]
    [InlineData("2 Min", "2m")]
    [InlineData("1,5h", "1.5h")]
    [InlineData("250 millis", "250ms")]
    [InlineData("soon", null)]
    public void Suggests_what_was_probably_meant(string text, string? suggestion) =>
        Assert.Equal(suggestion, DurationText.Suggest(text));

    [Fact]
    public void A_suggestion_can_be_read() => Gen.Select(Gen.Int[0, 10_000], Gen.Int[0, 4].Select(i => Words[i]))
        .Sample((number, word) => DurationText.TryParse(DurationText.Suggest($"{number} {word}") ?? "", out _));
}
