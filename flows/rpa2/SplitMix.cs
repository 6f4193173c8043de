namespace Rpa2;

/// <summary>SplitMix64 (G. Steele, D. Lea, C. Flood, OOPSLA 2014), seeded by a text through FNV-1a.</summary>
internal sealed class SplitMix
{
    private ulong _state;

    public SplitMix(string seed)
    {
        _state = 14695981039346656037;
        foreach (var character in seed)
        {
            _state = (_state ^ character) * 1099511628211;
        }
    }

    /// <summary>
    /// From 0 to one below the bound, by the upper bits of a product: no division, and no bias that matters below 2^32.
    /// </summary>
    public int Below(int bound) => (int)(((Next() >> 32) * (ulong)bound) >> 32);

    private ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        var mixed = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }
}
