namespace Seatrial.Worker.Telemetry;

/// <summary>A number, or a histogram's buckets.</summary>
internal sealed class SeriesReading(int bounds)
{
    private readonly Lock _gate = new();
    private readonly long[] _buckets = new long[bounds + 1];
    private double _value;
    private long _count;

    public void Add(double value)
    {
        lock (_gate)
        {
            _value += value;
        }
    }

    public void Set(double value)
    {
        lock (_gate)
        {
            _value = value;
        }
    }

    public void Observe(double value, IReadOnlyList<double> limits)
    {
        var bucket = 0;
        while (bucket < limits.Count && value > limits[bucket])
        {
            bucket++;
        }

        lock (_gate)
        {
            _value += value;
            _count++;
            _buckets[bucket]++;
        }
    }

    /// <summary>Of one moment: a histogram's sum, count and buckets belong together.</summary>
    public (double Value, long Count, long[] Buckets) Read()
    {
        lock (_gate)
        {
            return (_value, _count, [.. _buckets]);
        }
    }
}
