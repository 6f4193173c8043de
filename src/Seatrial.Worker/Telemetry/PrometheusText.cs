using System.Globalization;
using System.Text;

namespace Seatrial.Worker.Telemetry;

/// <summary>
/// Writes readings in Prometheus's text form 0.0.4, with the names that OpenTelemetry prescribes for it.
/// </summary>
internal static class PrometheusText
{
    private static readonly Dictionary<string, string> _units = new(StringComparer.Ordinal)
    {
        ["s"] = "seconds",
        ["ms"] = "milliseconds",
        ["By"] = "bytes",
        ["%"] = "percent",
        ["1"] = "ratio",
    };

    public static string Write(IEnumerable<InstrumentReading> readings)
    {
        var text = new StringBuilder();
        foreach (var reading in readings.Where(reading => reading.Series.Count > 0))
        {
            var name = NameOf(reading);
            if (!string.IsNullOrEmpty(reading.Instrument.Description))
            {
                text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {Escape(reading.Instrument.Description)}\n");
            }

            text.Append(CultureInfo.InvariantCulture, $"# TYPE {name} {reading.Kind}\n");
            var series = reading.Series.Select(one => (Labels: LabelsOf(one.Key), Reading: one.Value));
            foreach (var (labels, one) in series.OrderBy(one => one.Labels, StringComparer.Ordinal))
            {
                WriteSeries(text, name, labels, reading, one);
            }
        }

        return text.ToString();
    }

    /// <summary><c>seatrial.job.run.duration</c> in <c>s</c> is <c>seatrial_job_run_duration_seconds</c>.</summary>
    public static string NameOf(InstrumentReading reading)
    {
        var name = Legal(reading.Instrument.Name);
        var unit = reading.Instrument.Unit ?? "";
        var isRatio = unit == "1" && reading.Kind != InstrumentReading.Gauge;
        if (!isRatio && _units.TryGetValue(unit, out var suffix) && !name.EndsWith(suffix, StringComparison.Ordinal))
        {
            name += "_" + suffix;
        }

        return reading.Kind == InstrumentReading.Counter && !name.EndsWith("_total", StringComparison.Ordinal)
            ? name + "_total"
            : name;
    }

    private static void WriteSeries(
        StringBuilder text, string name, string labels, InstrumentReading reading, SeriesReading series)
    {
        var (value, count, buckets) = series.Read();
        if (reading.Kind != InstrumentReading.Histogram)
        {
            text.Append(CultureInfo.InvariantCulture, $"{name}{Braces(labels)} {Number(value)}\n");
            return;
        }

        var sum = 0L;
        for (var i = 0; i < buckets.Length; i++)
        {
            sum += buckets[i];
            var bound = i < reading.Bounds.Count ? Number(reading.Bounds[i]) : "+Inf";
            var le = labels.Length == 0 ? $"le=\"{bound}\"" : $"{labels},le=\"{bound}\"";
            text.Append(CultureInfo.InvariantCulture, $"{name}_bucket{{{le}}} {sum}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"{name}_sum{Braces(labels)} {Number(value)}\n");
        text.Append(CultureInfo.InvariantCulture, $"{name}_count{Braces(labels)} {count}\n");
    }

    private static string Braces(string labels) => labels.Length == 0 ? "" : $"{{{labels}}}";

    private static string LabelsOf(LabelSet labels) => string.Join(',', labels.Tags.Select(tag =>
        $"{Legal(tag.Key)}=\"{Escape(Convert.ToString(tag.Value, CultureInfo.InvariantCulture) ?? "")
            .Replace("\"", "\\\"", StringComparison.Ordinal)}\""));

    private static string Legal(string name) => string.Concat(
        name.Select((c, i) => char.IsAsciiLetter(c) || (i > 0 && char.IsAsciiDigit(c)) ? c : '_'));

    private static string Escape(string text) => text
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("\n", "\\n", StringComparison.Ordinal);

    private static string Number(double value) =>
        double.IsPositiveInfinity(value) ? "+Inf"
        : double.IsNegativeInfinity(value) ? "-Inf"
        : value.ToString("R", CultureInfo.InvariantCulture);
}
