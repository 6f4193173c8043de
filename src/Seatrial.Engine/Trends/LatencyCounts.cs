using System.Numerics;

namespace Seatrial.Engine.Trends;

/// <summary>Histograms added up, for as long as it takes to read a figure off them.</summary>
internal sealed class LatencyCounts
{
    private long[] _counts = [];

    /// <summary>Below this all are 0.</summary>
    private int _first = int.MaxValue;

    /// <summary>Records that were completed.</summary>
    public long Count { get; private set; }

    /// <summary>Seconds that they took.</summary>
    public double Length { get; private set; }

    public void Add(LatencyHistogram histogram)
    {
        foreach (var (bucket, count) in histogram.Buckets)
        {
            Grow(bucket + 1);
            _counts[bucket] += count;
            _first = Math.Min(_first, bucket);
        }

        Count += histogram.Count;
    }

    public void Add(LatencyCounts other)
    {
        if (other.Count > 0)
        {
            Grow(other._counts.Length);
            var counts = other._counts.AsSpan(other._first);
            AddTo(_counts.AsSpan(other._first, counts.Length), counts);
            _first = Math.Min(_first, other._first);
        }

        Count += other.Count;
        Length += other.Length;
    }

    public void Lengthen(double seconds) => Length += seconds;

    public void Clear()
    {
        Array.Clear(_counts);
        (Count, Length, _first) = (0, 0, int.MaxValue);
    }

    /// <summary>A rate or a quantile in seconds; null where there is nothing that it could be read from.</summary>
    public double? Read(MetricName name) => name.Kind switch
    {
        MetricKind.Throughput => Length > 0 ? Count / Length : null,
        MetricKind.Latency => Count > 0 ? Quantile(name.Quantile) / 1e6 : null,
        MetricKind.Errors => null,
    };

    private double Quantile(double quantile)
    {
        var rank = quantile * Count;
        var below = 0L;
        for (var bucket = _first; bucket < _counts.Length; bucket++)
        {
            if (_counts[bucket] > 0 && below + _counts[bucket] >= rank)
            {
                // As if the bucket's values were spread over it evenly.
                var (low, high) = (LatencyHistogram.LowestOf(bucket), LatencyHistogram.LowestOf(bucket + 1));
                return low + ((high - low) * (rank - below) / _counts[bucket]);
            }

            below += _counts[bucket];
        }

        return LatencyHistogram.LowestOf(_counts.Length);
    }

    /// <summary>Several at once: a comparison adds up millions.</summary>
    private static void AddTo(Span<long> sums, ReadOnlySpan<long> counts)
    {
        var i = 0;
        for (; i <= counts.Length - Vector<long>.Count; i += Vector<long>.Count)
        {
            (new Vector<long>(sums[i..]) + new Vector<long>(counts[i..])).CopyTo(sums[i..]);
        }

        for (; i < counts.Length; i++)
        {
            sums[i] += counts[i];
        }
    }

    private void Grow(int length)
    {
        if (_counts.Length < length)
        {
            Array.Resize(ref _counts, length);
        }
    }
}
