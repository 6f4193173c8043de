using CsCheck;
using Seatrial.Worker.Configuration;

namespace Seatrial.Worker.Tests.Configuration;

public sealed class BytesTextTests
{
    [Theory]
    [InlineData("512m", 512L << 20)]
    [InlineData("1.5g", 3L << 29)]
    [InlineData("64 KiB", 64L << 10)]
    [InlineData("100MB", 100L << 20)]
    [InlineData("42", 42L)]
    public void Sizes_are_read_as_Compose_writes_them(string text, long bytes)
    {
        Assert.True(BytesText.TryParse(text, out var read));
        Assert.Equal(bytes, read);
    }

    [Fact]
    public void What_is_written_is_read_back() => Gen.Long[0, 1L << 40].Sample(bytes =>
        BytesText.TryParse(BytesText.Format(bytes), out var read) && read == bytes);
}
