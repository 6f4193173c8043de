namespace Seatrial.Reports.Tests;

public sealed class PrintableTests
{
    [Theory]
    [InlineData("plain – text ✓ 😀\n\tnext", "plain – text ✓ 😀\n\tnext")]
    [InlineData("\u001b[1;31mred\u001b[0m", "red")]
    [InlineData("\u001b]0;title\u0007shown", "shown")]
    [InlineData("bell\u0007 nul\u0000 del\u007f", "bell␇ nul␀ del␡")]
    [InlineData("windows\r\n", "windows\n")]
    [InlineData("user\u202etxt.exe", "user�txt.exe")]
    [InlineData("\uffff\u0085", "��")]
    [InlineData(null, "")]
    public void What_is_shown_is_what_stands_there(string? text, string shown) =>
        Assert.Equal(shown, Printable.Of(text));

    [Fact]
    public void Half_a_surrogate_is_replaced() => Assert.Equal("a�b", Printable.Of("a" + '\ud800' + "b"));
}
