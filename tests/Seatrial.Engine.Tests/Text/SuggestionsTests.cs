using CsCheck;
using Seatrial.Engine.Text;

namespace Seatrial.Engine.Tests.Text;

public sealed class SuggestionsTests
{
    private static readonly string[] Known = ["image", "init", "ports", "environment", "depends_on"];

    [Theory]
    [InlineData("imgae", "image")]
    [InlineData("imag", "image")]
    [InlineData("Image", "image")]
    [InlineData("port", "ports")]
    [InlineData("enviroment", "environment")]
    [InlineData("dependson", "depends_on")]
    [InlineData("depends-on", "depends_on")]
    public void A_slip_finds_what_was_meant(string word, string meant) =>
        Assert.Equal(meant, Suggestions.Closest(word, Known));

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("volumes")]
    [InlineData("completely different")]
    public void Another_word_finds_nothing(string word) => Assert.Null(Suggestions.Closest(word, Known));

    [Fact]
    public void The_distance_is_the_same_both_ways_and_zero_only_between_like_words() =>
        Gen.Select(Gen.String[Gen.Char["abc"], 0, 8], Gen.String[Gen.Char["abc"], 0, 8]).Sample((one, other) =>
            Suggestions.Distance(one, other) == Suggestions.Distance(other, one)
            && (Suggestions.Distance(one, other) is 0) == (one == other));

    [Fact]
    public void The_sentence_is_empty_when_there_is_nothing_to_say()
    {
        Assert.Equal("Did you mean image? ", Suggestions.DidYouMean("imgae", Known));
        Assert.Equal("", Suggestions.DidYouMean("nothing", Known));
    }
}
