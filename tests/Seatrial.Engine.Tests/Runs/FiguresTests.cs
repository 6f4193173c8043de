using Seatrial.Engine.Runs;

namespace Seatrial.Engine.Tests.Runs;

public sealed class FiguresTests
{
    [Theory]
    [InlineData(0, "0 ms")]
    [InlineData(0.0042, "4.2 ms")]
    [InlineData(0.34, "340 ms")]
    [InlineData(0.9996, "1.00 s")]
    [InlineData(7.254, "7.25 s")]
    [InlineData(9.996, "10.0 s")]
    [InlineData(48.213, "48.2 s")]
    [InlineData(59.97, "1 min 00 s")]
    [InlineData(102.4, "1 min 42 s")]
    [InlineData(3599.7, "1 h 00 min")]
    [InlineData(7500, "2 h 05 min")]
    [InlineData(-2, "−2.00 s")]
    public void Durations_are_as_exact_as_a_reader_needs(double seconds, string text) =>
        Assert.Equal(text, Figures.Duration(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(1, "1 record")]
    [InlineData(0, "0 records")]
    [InlineData(64_449, "64,449 records")]
    public void Counts_agree_with_their_noun(long count, string text) =>
        Assert.Equal(text, Figures.Count(count, "record"));

    [Theory]
    [InlineData(1, 3, "33.3 %")]
    [InlineData(3, 3, "100 %")]
    [InlineData(0, 0, "–")]
    public void A_part_of_nothing_is_no_number(double part, double whole, string text) =>
        Assert.Equal(text, Figures.Percent(part, whole));

    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(1023, "1,023 B")]
    [InlineData(1024, "1 KiB")]
    [InlineData(1536, "1.5 KiB")]
    [InlineData(104857600, "100 MiB")]
    [InlineData((1L << 30) - 1, "1 GiB")]
    [InlineData(-2048, "−2 KiB")]
    public void Bytes_count_by_1024(long bytes, string text) => Assert.Equal(text, Figures.Bytes(bytes));
}
