using Seatrial.Engine.Plans;

namespace Seatrial.Engine.Chaos;

/// <summary>Each event's own source of chance: a function of the seed and the event's id alone.</summary>
internal static class EventChance
{
    private const ulong Offset = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    /// <summary>By FNV-1a (Fowler, Noll and Vo) of the id, mixed with the seed.</summary>
    public static SeededRandom Of(ulong seed, string id)
    {
        var hash = id.Aggregate(Offset, (sum, letter) => (sum ^ letter) * Prime);
        return new SeededRandom(new SeededRandom(seed ^ hash).NextBits());
    }
}
