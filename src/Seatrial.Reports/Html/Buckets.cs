using System.Globalization;

namespace Seatrial.Reports.Html;

/// <summary>
/// Seconds put together where a run has more of them than a chart has room for. Means alone would hide a short
/// outage, so the least and the most of each bucket are drawn too.
/// </summary>
internal sealed record Buckets(int Width)
{
    private const int Most = 480;

    /// <summary>The least width that fits.</summary>
    public static Buckets For(int seconds) => new(Math.Max(1, (seconds + Most - 1) / Most));

    public double[] Means(IReadOnlyList<long> seconds) => [.. seconds.Chunk(Width).Select(chunk => chunk.Average())];

    public double[] Lows(IReadOnlyList<long> seconds) =>
        [.. seconds.Chunk(Width).Select(chunk => (double)chunk.Min())];

    public double[] Highs(IReadOnlyList<long> seconds) =>
        [.. seconds.Chunk(Width).Select(chunk => (double)chunk.Max())];

    /// <summary>Null where a bucket has no value.</summary>
    public double?[] Highs(IReadOnlyList<double?> seconds) => [.. seconds.Chunk(Width).Select(chunk => chunk.Max())];

    /// <summary>Of the seconds that have a value.</summary>
    public double?[] Means(IReadOnlyList<double?> seconds) =>
        [.. seconds.Chunk(Width).Select(chunk => chunk.Average())];

    /// <summary>The bucket's first second, as a table's row names it.</summary>
    public string Name(int bucket) => Width == 1
        ? bucket.ToString("N0", CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{bucket * Width:N0}–{(bucket + 1) * Width:N0}");
}
