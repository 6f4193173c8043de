namespace Seatrial.Engine.Measurements.Trends;

/// <summary>Tells a leak from noise, from warming up, and from a garbage collector's saw-tooth.</summary>
public static class Leaks
{
    /// <summary>What a process does first is no trend.</summary>
    private const double WarmUp = 0.25;

    private const int Buckets = 60;

    private const int LeastBuckets = 12;

    /// <summary>What is watched for less time shows no trend.</summary>
    public static TimeSpan Least { get; } = TimeSpan.FromSeconds(60);

    /// <summary>How the floor of a level goes, from its first sample on; null where too little is known.</summary>
    public static Trend? TrendOf(IReadOnlyList<(DateTimeOffset At, double Value)> samples) =>
        samples.Count < LeastBuckets || samples[^1].At - samples[0].At < Least
        || Floor(samples, samples[0].At, samples[^1].At) is not { Count: >= LeastBuckets } floor
            ? null : TheilSen.Fit(floor);

    /// <summary>
    /// Null where nothing leaks, or too little is known. It leaks where the floor of its level rises (the least of each
    /// bucket of time: what a collector leaves), in the whole time and in its later half alone, each with an interval
    /// above 0, and by at least what the rule says.
    /// </summary>
    public static Leak? Find(LeakRule rule, IReadOnlyList<(DateTimeOffset At, double Value)> samples)
    {
        if (samples.Count < LeastBuckets || samples[^1].At - samples[0].At < Least)
        {
            return null;
        }

        var from = samples[0].At + ((samples[^1].At - samples[0].At) * WarmUp);
        var floor = Floor([.. samples.Where(sample => sample.At >= from)], from, samples[^1].At);
        if (floor.Count < LeastBuckets
            || TheilSen.Fit(floor) is not { Low: > 0 } whole
            || TheilSen.Fit([.. floor.Skip(floor.Count / 2)]) is not { Low: > 0 } later)
        {
            return null;
        }

        // A growth that slows down is something that fills up.
        var seconds = (samples[^1].At - from).TotalSeconds;
        var grown = Math.Min(whole.Slope, later.Slope) * seconds;
        return grown < Math.Max(rule.LeastGrowth, rule.LeastShare * whole.Level) || later.Slope < whole.Slope / 3
            ? null
            : new Leak(
                rule, whole.Slope * 60, whole.Low * 60, whole.High * 60, whole.Slope * seconds,
                TimeSpan.FromSeconds(seconds), Math.Min(0.99, whole.Certainty));
    }

    private static List<(double X, double Y)> Floor(
        IReadOnlyList<(DateTimeOffset At, double Value)> samples, DateTimeOffset from, DateTimeOffset to)
    {
        var width = (to - from).TotalSeconds / Buckets;
        return
        [
            .. samples
                .GroupBy(sample => Math.Min(Buckets - 1, (int)((sample.At - from).TotalSeconds / width)))
                .Select(bucket => (X: bucket.Key * width, Y: bucket.Min(sample => sample.Value))),
        ];
    }
}
