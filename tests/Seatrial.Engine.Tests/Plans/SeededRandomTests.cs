using Seatrial.Engine.Plans;

namespace Seatrial.Engine.Tests.Plans;

public sealed class SeededRandomTests
{
    /// <summary>The first outputs of SplitMix64 from seed 1234567, as its authors' reference implementation gives
    /// them.</summary>
    [Fact]
    public void Bits_are_those_of_the_reference_implementation()
    {
        var chance = new SeededRandom(1234567);

        ulong[] bits = [chance.NextBits(), chance.NextBits(), chance.NextBits()];

        Assert.Equal([6457827717110365317UL, 3203168211198807973UL, 9817491932198370423UL], bits);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void Next_gives_every_number_below_its_bound_and_no_other(int bound)
    {
        var chance = new SeededRandom(1);

        var seen = Enumerable.Range(0, 1000).Select(_ => chance.Next(bound)).ToHashSet();

        Assert.Equal(Enumerable.Range(0, bound), seen.Order());
    }
}
