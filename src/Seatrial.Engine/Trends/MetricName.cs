using System.Globalization;
using System.Text.RegularExpressions;

namespace Seatrial.Engine.Trends;

/// <summary>What a metric is of.</summary>
public enum MetricKind
{
    /// <summary>Records completed a second.</summary>
    Throughput,

    /// <summary>Seconds from coming into a queue to completion there, of which a part took no longer.</summary>
    Latency,

    /// <summary>Records given up as dead letters, as a part of all.</summary>
    Errors,
}

/// <summary>A metric's name: <c>throughput</c>, <c>latency.p99</c>, <c>errors</c>, <c>latency.p99{stage:rpa2}</c>.
/// </summary>
public sealed partial record MetricName
{
    public required MetricKind Kind { get; init; }

    /// <summary>Of latency: the part that took no longer, from 0 to 1.</summary>
    public double Quantile { get; init; }

    /// <summary>Null is all stages.</summary>
    public string? Stage { get; init; }

    /// <summary>Whether more of it is worse.</summary>
    public bool IsCost => Kind is not MetricKind.Throughput;

    /// <summary>Those that every comparison looks at.</summary>
    public static IReadOnlyList<MetricName> Usual { get; } =
    [
        new() { Kind = MetricKind.Throughput },
        new() { Kind = MetricKind.Latency, Quantile = 0.5 },
        new() { Kind = MetricKind.Latency, Quantile = 0.95 },
        new() { Kind = MetricKind.Latency, Quantile = 0.99 },
        new() { Kind = MetricKind.Errors },
    ];

    /// <summary>Null where it is none.</summary>
    public static MetricName? Parse(string text)
    {
        var match = Form().Match(text);
        if (!match.Success)
        {
            return null;
        }

        var stage = match.Groups["stage"] is { Success: true, Value: var value } ? value : null;
        return match.Groups["quantile"] is { Success: true, Value: var digits }
            ? Latency(double.Parse(digits, CultureInfo.InvariantCulture) / 100, stage)
            : new MetricName
            {
                Kind = match.Groups["kind"].Value is "errors" ? MetricKind.Errors : MetricKind.Throughput,
                Stage = stage,
            };
    }

    /// <inheritdoc/>
    public override string ToString() => Kind switch
    {
        MetricKind.Throughput => "throughput",
        MetricKind.Latency => string.Create(CultureInfo.InvariantCulture, $"latency.p{Quantile * 100:0.###}"),
        MetricKind.Errors => "errors",
    } + (Stage is null ? "" : $"{{stage:{Stage}}}");

    private static MetricName? Latency(double quantile, string? stage) => quantile is > 0 and < 1
        ? new MetricName { Kind = MetricKind.Latency, Quantile = quantile, Stage = stage } : null;

    [GeneratedRegex(
        @"^(?:(?<kind>throughput|errors)|latency\.p(?<quantile>\d{1,2}(?:\.\d{1,3})?))"
        + @"(?:\{stage:(?<stage>[^{}]+)\})?$")]
    private static partial Regex Form();
}
