using System.Globalization;
using System.Text.RegularExpressions;

namespace Seatrial.Engine.Text;

/// <summary>Sizes as Compose writes them: <c>256mb</c>, <c>1.5g</c>, <c>4096</c>; every unit counts by 1024.</summary>
public static partial class ByteSizes
{
    /// <summary>Null when the text is no size, or none that fits; <c>-1</c> stands for "without bound".</summary>
    public static long? Parse(string text)
    {
        if (text is "-1")
        {
            return -1;
        }

        if (Form().Match(text) is not { Success: true } match
            || !double.TryParse(match.Groups["count"].ValueSpan, CultureInfo.InvariantCulture, out var count))
        {
            return null;
        }

        var unit = match.Groups["unit"].Value.ToLowerInvariant();
        var bytes = count * Math.Pow(1024, unit.Length is 0 ? 0 : "kmgtp".IndexOf(unit[0]) + 1);
        return bytes < long.MaxValue ? (long)bytes : null;
    }

    [GeneratedRegex(@"^(?<count>[0-9]+(?:\.[0-9]+)?) ?(?:(?<unit>[kmgtp])i?)?b?\z", RegexOptions.IgnoreCase)]
    private static partial Regex Form();
}
