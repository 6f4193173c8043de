using System.Globalization;

namespace Seatrial.Engine.Thresholds;

/// <summary>How a measured value is compared with the bound.</summary>
public enum Comparison
{
    /// <summary><c>&lt;</c></summary>
    Below,

    /// <summary><c>&lt;=</c></summary>
    AtMost,

    /// <summary><c>&gt;</c></summary>
    Above,

    /// <summary><c>&gt;=</c></summary>
    AtLeast,

    /// <summary><c>==</c></summary>
    Equal,

    /// <summary><c>!=</c></summary>
    Unequal,
}

/// <summary>A bound that a measured value has to keep: <c>latency.p99{phase:steady} &lt; 800ms</c>.</summary>
public sealed record Threshold
{
    /// <summary>As written.</summary>
    public required string Text { get; init; }

    /// <summary>The name of a <see cref="ThresholdMetric"/>.</summary>
    public required string Metric { get; init; }

    /// <summary>What it is measured of.</summary>
    public ThresholdSource Source => ThresholdMetric.All.First(metric => metric.Name == Metric).Source;

    /// <summary>What is made of the samples: <c>max</c>, <c>p99</c>; "" where there is one value.</summary>
    public required string Aggregate { get; init; }

    /// <summary>From 0 to 1, of a percentile; null of anything else.</summary>
    public double? Quantile { get; init; }

    /// <summary>The phase that is meant; null for all that are measured.</summary>
    public string? Phase { get; init; }

    /// <summary>The stage that is meant; null for the whole way.</summary>
    public string? Stage { get; init; }

    /// <summary>The kind of fault that is meant; null for all of them.</summary>
    public string? Fault { get; init; }

    public required Comparison Comparison { get; init; }

    /// <summary>In the unit of the metric: seconds, records, records or bytes a second, a part of 1.</summary>
    public required double Bound { get; init; }

    public required ThresholdUnit Unit { get; init; }

    /// <summary>Up to the comparison: <c>latency.p99{phase:steady}</c>.</summary>
    public string Subject => Text[..Text.IndexOfAny(['<', '>', '=', '!'])].Trim();

    /// <summary>Whether a value keeps it.</summary>
    public bool Holds(double value) => Comparison switch
    {
        Comparison.Below => value < Bound,
        Comparison.AtMost => value <= Bound,
        Comparison.Above => value > Bound,
        Comparison.AtLeast => value >= Bound,
        Comparison.Equal => value.Equals(Bound),
        Comparison.Unequal => !value.Equals(Bound),
    };

    /// <summary>A value as people read it: <c>612 ms</c>, <c>401.3/s</c>, <c>0.2 %</c>.</summary>
    public static string Describe(double value, ThresholdUnit unit) => unit switch
    {
        ThresholdUnit.Duration => Runs.Figures.Duration(TimeSpan.FromSeconds(value)),
        ThresholdUnit.Rate => Runs.Figures.Number(value) + "/s",
        ThresholdUnit.Share => string.Create(CultureInfo.InvariantCulture, $"{value * 100:0.###} %"),
        ThresholdUnit.Count => string.Create(CultureInfo.InvariantCulture, $"{value:#,0.##}"),
        ThresholdUnit.Bytes => Runs.Figures.Bytes((long)Math.Round(value * 3600)) + "/h",
        ThresholdUnit.Growth => string.Create(CultureInfo.InvariantCulture, $"{value * 3600:#,0.#}/h"),
    };
}
