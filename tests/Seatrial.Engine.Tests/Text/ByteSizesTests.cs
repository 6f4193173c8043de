using CsCheck;
using Seatrial.Engine.Text;

namespace Seatrial.Engine.Tests.Text;

public sealed class ByteSizesTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("4096", 4096)]
    [InlineData("10b", 10)]
    [InlineData("1k", 1024)]
    [InlineData("1kb", 1024)]
    [InlineData("1KiB", 1024)]
    [InlineData("256mb", 268_435_456)]
    [InlineData("256M", 268_435_456)]
    [InlineData("1.5g", 1_610_612_736)]
    [InlineData("2gb", 2_147_483_648)]
    [InlineData("1 gb", 1_073_741_824)]
    [InlineData("1t", 1_099_511_627_776)]
    [InlineData("1p", 1_125_899_906_842_624)]
    [InlineData("-1", -1)]
    public void Reads(string text, long bytes) => Assert.Equal(bytes, ByteSizes.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("k")]
    [InlineData("-2")]
    [InlineData("-1k")]
    [InlineData("1e3")]
    [InlineData("1,5g")]
    [InlineData("1.g")]
    [InlineData("1  g")]
    [InlineData("1x")]
    [InlineData("1kib2")]
    [InlineData("1k\n")]
    [InlineData("99999p")]
    [InlineData("99999999999999999999999")]
    public void Refuses(string text) => Assert.Null(ByteSizes.Parse(text));

    [Fact]
    public void Whole_numbers_of_a_unit_are_exact() =>
        Gen.Select(Gen.Int[0, 100_000], Gen.Int[0, 3]).Sample((count, power) =>
            ByteSizes.Parse(count + new[] { "b", "kb", "m", "gib" }[power]) == (long)count << (10 * power));
}
