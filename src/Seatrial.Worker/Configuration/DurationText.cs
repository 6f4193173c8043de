using System.Globalization;
using System.Text.RegularExpressions;

namespace Seatrial.Worker.Configuration;

/// <summary>Durations as Compose writes them: <c>500ms</c>, <c>5s</c>, <c>1m30s</c>, <c>2h</c>.</summary>
internal static partial class DurationText
{
    private static readonly (string Unit, double Ticks)[] Units =
    [
        ("h", TimeSpan.TicksPerHour),
        ("m", TimeSpan.TicksPerMinute),
        ("s", TimeSpan.TicksPerSecond),
        ("ms", TimeSpan.TicksPerMillisecond),
        ("us", TimeSpan.TicksPerMicrosecond),
    ];

    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        var match = WholePattern().Match(text);
        if (!match.Success)
        {
            return false;
        }

        var ticks = 0.0;
        for (var i = 0; i < match.Groups["unit"].Captures.Count; i++)
        {
            var number = match.Groups["number"].Captures[i].ValueSpan;
            var unit = match.Groups["unit"].Captures[i].Value;
            ticks += double.Parse(number, CultureInfo.InvariantCulture)
                * Units.First(known => known.Unit == unit).Ticks;
        }

        if (ticks > TimeSpan.MaxValue.Ticks / 2)
        {
            return false;
        }

        duration = TimeSpan.FromTicks((long)Math.Round(ticks));
        return true;
    }

    /// <summary>
    /// The shortest form that <see cref="TryParse"/> reads back to the same duration, down to a microsecond.
    /// </summary>
    public static string Format(TimeSpan duration)
    {
        if (duration <= TimeSpan.Zero)
        {
            return "0s";
        }

        var rest = duration.Ticks;
        var text = "";
        foreach (var (unit, ticks) in Units)
        {
            var count = rest / (long)ticks;
            rest -= count * (long)ticks;
            text += count == 0 ? "" : FormattableString.Invariant($"{count}{unit}");
        }

        return text.Length == 0 ? "0s" : text;
    }

    /// <summary>
    /// What was probably meant: <c>5</c> and <c>5 seconds</c> are <c>5s</c>; null when nothing is near.
    /// </summary>
    public static string? Suggest(string text)
    {
        var match = LoosePattern().Match(text);
        if (!match.Success)
        {
            return null;
        }

        var number = match.Groups["number"].Value.Replace(',', '.');
        var word = match.Groups["word"].Value.ToLowerInvariant();
        return word switch
        {
            "" or "sec" or "secs" or "second" or "seconds" or "s" => number + "s",
            "min" or "mins" or "minute" or "minutes" or "m" => number + "m",
            "hr" or "hrs" or "hour" or "hours" or "h" => number + "h",
            "milli" or "millis" or "millisecond" or "milliseconds" or "msec" or "ms" => number + "ms",
            _ => null,
        };
    }

    [GeneratedRegex(
        @"^(?:(?<number>[0-9]{1,12}(?:\.[0-9]{1,9})?)(?<unit>h|ms|us|m|s))+$", RegexOptions.CultureInvariant)]
    private static partial Regex WholePattern();

    [GeneratedRegex(
        @"^\s*(?<number>[0-9]{1,12}(?:[.,][0-9]{1,9})?)\s*(?<word>[A-Za-z]*)\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex LoosePattern();
}
