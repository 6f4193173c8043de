using System.Numerics;

namespace Seatrial.Engine.Trends;

/// <summary>
/// How many records took how long: buckets whose widths grow with what they count, as in HdrHistogram, so that a value
/// read back is within 0.8 % of what was put in. Histograms are added up; quantiles never are.
/// </summary>
public sealed class LatencyHistogram
{
    private const int Bits = 6;
    private const int Part = 1 << Bits;

    private readonly SortedDictionary<int, long> _counts;

    public LatencyHistogram() => _counts = [];

    internal LatencyHistogram(IEnumerable<KeyValuePair<int, long>> counts) => _counts = new(counts.ToDictionary());

    /// <summary>Values that were put in.</summary>
    public long Count { get; private set; }

    /// <summary>Buckets that hold something, in the order of their values.</summary>
    internal IEnumerable<KeyValuePair<int, long>> Buckets => _counts;

    /// <summary>Puts in a time in microseconds; a negative one, of clocks that went back, counts as none.</summary>
    public void Add(long microseconds)
    {
        var bucket = BucketOf(Math.Max(0, microseconds));
        _counts[bucket] = _counts.GetValueOrDefault(bucket) + 1;
        Count++;
    }

    /// <summary>All that is in either.</summary>
    internal LatencyHistogram And(LatencyHistogram other) => Of(
    [
        .. _counts.Concat(other._counts)
            .GroupBy(count => count.Key)
            .Select(counts => KeyValuePair.Create(counts.Key, counts.Sum(count => count.Value))),
    ]);

    /// <summary>Of buckets and counts as they were kept.</summary>
    internal static LatencyHistogram Of(IReadOnlyList<KeyValuePair<int, long>> counts) =>
        new(counts) { Count = counts.Sum(count => count.Value) };

    internal static int BucketOf(long value)
    {
        if (value < Part)
        {
            return (int)value;
        }

        var shift = BitOperations.Log2((ulong)value) - Bits;
        return Part + (shift * Part) + (int)((value >> shift) - Part);
    }

    /// <summary>The bucket's lowest value.</summary>
    internal static double LowestOf(int bucket)
    {
        if (bucket < Part)
        {
            return bucket;
        }

        var shift = (bucket - Part) / Part;
        return Math.ScaleB(Part + ((bucket - Part) % Part), shift);
    }
}
