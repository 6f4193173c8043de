using System.Globalization;
using System.Text.RegularExpressions;

namespace Seatrial.Worker.Configuration;

/// <summary>
/// Sizes as Compose writes them: <c>512m</c>, <c>1.5g</c>, <c>64kb</c>; each unit is 1024 of the last.
/// </summary>
internal static partial class BytesText
{
    private static readonly (string Unit, long Bytes)[] Units = [("g", 1L << 30), ("m", 1L << 20), ("k", 1L << 10)];

    public static bool TryParse(string text, out long bytes)
    {
        bytes = 0;
        var match = Pattern().Match(text);
        if (!match.Success)
        {
            return false;
        }

        var unit = match.Groups["unit"].Value.ToLowerInvariant();
        var scale = unit.Length == 0 ? 1 : Units.First(known => known.Unit == unit).Bytes;
        bytes = (long)(double.Parse(match.Groups["number"].ValueSpan, CultureInfo.InvariantCulture) * scale);
        return true;
    }

    /// <summary>In the largest unit that leaves no fraction.</summary>
    public static string Format(long bytes)
    {
        (string Unit, long Bytes) bare = ("", 1);
        var (unit, scale) = Units.FirstOrDefault(known => bytes > 0 && bytes % known.Bytes == 0, bare);
        return FormattableString.Invariant($"{bytes / scale}{unit}");
    }

    [GeneratedRegex(
        @"^(?<number>[0-9]{1,15}(?:\.[0-9]{1,6})?)\s*(?:(?<unit>[kmg])i?)?b?$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Pattern();
}
