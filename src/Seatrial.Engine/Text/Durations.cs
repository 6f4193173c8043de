using System.Globalization;
using System.Text.RegularExpressions;

namespace Seatrial.Engine.Text;

/// <summary>Durations as Compose writes them: <c>90s</c>, <c>1m30s</c>, <c>1h5m30s20ms</c>.</summary>
public static partial class Durations
{
    /// <summary>Null when the text is no duration, or none that fits.</summary>
    public static TimeSpan? Parse(string text)
    {
        if (text is "0")
        {
            return TimeSpan.Zero;
        }

        if (Form().Match(text) is not { Success: true } match)
        {
            return null;
        }

        var seconds = 0m;
        for (var i = 0; i < match.Groups["unit"].Captures.Count; i++)
        {
            if (!decimal.TryParse(
                match.Groups["count"].Captures[i].ValueSpan,
                NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture,
                out var count)
                || count > (decimal)TimeSpan.MaxValue.TotalDays)
            {
                return null;
            }

            seconds += count * Seconds(match.Groups["unit"].Captures[i].Value);
        }

        // A quarter of what fits keeps sums of a few durations in range as well.
        return seconds < (decimal)(TimeSpan.MaxValue.TotalSeconds / 4)
            ? TimeSpan.FromTicks((long)(seconds * TimeSpan.TicksPerSecond))
            : null;
    }

    /// <summary>As <see cref="Parse"/> reads it, e.g. <c>1h5m30s20ms</c>.</summary>
    public static string Format(TimeSpan time)
    {
        var parts = new (long Count, string Unit)[]
        {
            ((long)time.TotalHours, "h"), (time.Minutes, "m"), (time.Seconds, "s"), (time.Milliseconds, "ms"),
            (time.Microseconds, "us"), (time.Nanoseconds, "ns"),
        };
        var text = string.Concat(parts.Where(part => part.Count > 0).Select(part => $"{part.Count}{part.Unit}"));
        return text.Length > 0 ? text : "0s";
    }

    private static decimal Seconds(string unit) => unit switch
    {
        "h" => 3600m,
        "m" => 60m,
        "s" => 1m,
        "ms" => 0.001m,
        "ns" => 0.000_000_001m,
        _ => 0.000_001m,
    };

    [GeneratedRegex(@"^(?:(?<count>[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?<unit>h|ms|m|s|us|µs|μs|ns))+\z")]
    private static partial Regex Form();
}
