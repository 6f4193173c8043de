using System.Globalization;
using Seatrial.Engine.Runs;
using Seatrial.Engine.Trends;

namespace Seatrial.Cli.Trends;

/// <summary>Metrics and changes in the words of the terminal.</summary>
internal static class MetricText
{
    private const string Bars = "▁▂▃▄▅▆▇█";

    /// <summary><c>1,734/s</c>, <c>48 ms</c>, <c>0.02 %</c>; <c>–</c> for none.</summary>
    public static string Value(MetricName name, double? value) => (name.Kind, value) switch
    {
        (_, null) => "–",
        (MetricKind.Throughput, { } rate) => Figures.Number(rate, rate < 100 ? 1 : 0) + "/s",
        (MetricKind.Latency, { } seconds) => Figures.Duration(TimeSpan.FromSeconds(seconds)),
        (MetricKind.Errors, { } part) => Figures.Number(100 * part, 3) + " %",
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };

    /// <summary>Of a run's metric by its name; <c>–</c> where it has none.</summary>
    public static string Value(RunEntry run, MetricName name) =>
        Value(name, run.Metrics.FirstOrDefault(metric => metric.Name == name.ToString())?.Value);

    /// <summary><c>+15.0 %</c>, <c>−3.2 %</c>.</summary>
    public static string Change(double ratio)
    {
        var percent = (ratio - 1) * 100;
        return (percent < 0 ? "−" : "+")
            + Math.Abs(percent).ToString("0.0", CultureInfo.InvariantCulture) + " %";
    }

    /// <summary>A bar a value, between the least and the most.</summary>
    public static string Line(IReadOnlyList<double> values)
    {
        if (values.Count == 0)
        {
            return "";
        }

        var (least, most) = (values.Min(), values.Max());
        return string.Concat(values.Select(value => most > least
            ? Bars[(int)Math.Round((value - least) / (most - least) * (Bars.Length - 1))] : Bars[Bars.Length / 2]));
    }

    /// <summary><c>2026-11-26 18:58</c>, in the zone of the terminal.</summary>
    public static string Moment(DateTimeOffset at, TimeProvider clock) =>
        TimeZoneInfo.ConvertTime(at, clock.LocalTimeZone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
