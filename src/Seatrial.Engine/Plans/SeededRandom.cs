namespace Seatrial.Engine.Plans;

/// <summary>
/// The run's only source of chance: SplitMix64 (Steele, Lea and Flood 2014), whose sequence, unlike that of
/// <see cref="Random"/>, is fixed by its definition and so the same in every version of .NET.
/// </summary>
public sealed class SeededRandom(ulong seed)
{
    private ulong _state = seed;

    /// <summary>64 random bits.</summary>
    public ulong NextBits()
    {
        _state += 0x9E3779B97F4A7C15;
        var z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>From 0 up to but without <paramref name="bound"/>, which is above 0; by Lemire's
    /// multiplication.</summary>
    public int Next(int bound) => (int)Math.BigMul(NextBits(), (ulong)bound, out _);
}
