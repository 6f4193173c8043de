using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Seatrial.Worker.Telemetry;

/// <summary>What one instrument has measured so far, for each set of labels.</summary>
internal sealed class InstrumentReading
{
    // From a fast statement to a long record.
    private static readonly double[] _seconds =
        [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600];

    private readonly ConcurrentDictionary<LabelSet, SeriesReading> _series = new();
    private readonly bool _isObserved;
    private readonly bool _adds;

    private InstrumentReading(Instrument instrument, string kind, bool adds)
    {
        Instrument = instrument;
        Kind = kind;
        _isObserved = instrument.IsObservable;
        _adds = adds;
        Bounds = kind == Histogram ? BoundsOf(instrument) : [];
    }

    public const string Counter = "counter";

    public const string Gauge = "gauge";

    public const string Histogram = "histogram";

    public Instrument Instrument { get; }

    /// <summary>Whether it holds only for those who have heard everything.</summary>
    public bool IsBalance => _adds && Kind == Gauge;

    /// <summary>In Prometheus's words.</summary>
    public string Kind { get; }

    /// <summary>Of a histogram's buckets, without the last.</summary>
    public IReadOnlyList<double> Bounds { get; }

    public IReadOnlyCollection<KeyValuePair<LabelSet, SeriesReading>> Series => _series;

    /// <summary>Null for a kind of instrument that is not known.</summary>
    public static InstrumentReading? Create(Instrument instrument)
    {
        var kind = instrument.GetType().GetGenericTypeDefinition();
        return kind == typeof(Counter<>) ? new InstrumentReading(instrument, Counter, adds: true)
            : kind == typeof(ObservableCounter<>) ? new InstrumentReading(instrument, Counter, adds: false)
            : kind == typeof(UpDownCounter<>) ? new InstrumentReading(instrument, Gauge, adds: true)
            : kind == typeof(ObservableUpDownCounter<>) || kind == typeof(ObservableGauge<>) || kind == typeof(Gauge<>)
                ? new InstrumentReading(instrument, Gauge, adds: false)
            : kind == typeof(Histogram<>) ? new InstrumentReading(instrument, Histogram, adds: true)
            : null;
    }

    /// <summary>What is observed anew must not keep series that are no longer there.</summary>
    public void BeginCollection()
    {
        if (_isObserved)
        {
            _series.Clear();
        }
    }

    public void Note(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var series = _series.GetOrAdd(new LabelSet(tags), _ => new SeriesReading(Bounds.Count));
        if (Kind == Histogram)
        {
            series.Observe(value, Bounds);
        }
        else if (_adds)
        {
            series.Add(value);
        }
        else
        {
            series.Set(value);
        }
    }

    private static IReadOnlyList<double> BoundsOf(Instrument instrument) => instrument switch
    {
        Histogram<double> { Advice.HistogramBucketBoundaries: { } bounds } => bounds,
        Histogram<int> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds.Select(bound => (double)bound)],
        Histogram<long> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds.Select(bound => (double)bound)],
        _ => _seconds,
    };
}
