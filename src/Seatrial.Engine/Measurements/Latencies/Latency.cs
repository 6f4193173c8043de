using HdrHistogram;

namespace Seatrial.Engine.Measurements.Latencies;

/// <summary>
/// Durations, to three digits, in an HdrHistogram of microseconds; those above an hour count as one. Histograms are
/// added, never averaged.
/// </summary>
public sealed class Latency
{
    private const long Longest = 3_600_000_000;
    private const int Digits = 3;

    private readonly LongHistogram _microseconds = new(Longest, Digits);

    /// <summary>How many there are.</summary>
    public long Count => _microseconds.TotalCount;

    /// <summary>The shortest; null of none.</summary>
    public TimeSpan? Least => Of(() => _microseconds.RecordedValues().First().ValueIteratedTo);

    /// <summary>The mean; null of none.</summary>
    public TimeSpan? Mean => Of(_microseconds.GetMean);

    /// <summary>The longest; null of none.</summary>
    public TimeSpan? Most => Of(() => _microseconds.GetMaxValue());

    /// <summary>
    /// That below which this part of all are; null where there are fewer than <see cref="Needed"/>, since the tail that
    /// it is about was hardly seen then.
    /// </summary>
    /// <param name="part">From 0 to 1, 1 excluded.</param>
    public TimeSpan? Quantile(double part) =>
        Count < Needed(part) ? null : Of(() => _microseconds.GetValueAtPercentile(part * 100));

    /// <summary>How many are needed for a quantile: ten beyond it.</summary>
    public static long Needed(double part) => (long)Math.Ceiling(Math.Round(10 / (1 - part), 6));

    /// <summary>Adds one; less than nothing, from clocks that differ by a little, counts as nothing.</summary>
    public void Add(long microseconds) => _microseconds.RecordValue(Math.Clamp(microseconds, 0, Longest));

    /// <summary>Adds all of another.</summary>
    public void Add(Latency other) => _microseconds.Add(other._microseconds);

    private TimeSpan? Of(Func<double> value) => Count == 0 ? null : TimeSpan.FromMicroseconds(value());
}
