using System.Globalization;

namespace Seatrial.Engine.Histories;

/// <summary>Positions in the write-ahead log in the form that PostgreSQL prints: <c>0/1A2B3C</c>.</summary>
public static class LogPositions
{
    /// <summary>As PostgreSQL writes it.</summary>
    public static string Format(ulong position) =>
        string.Create(CultureInfo.InvariantCulture, $"{position >> 32:X}/{(uint)position:X}");

    /// <summary>Reads what <see cref="Format"/> writes; false when it is something else.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out ulong position)
    {
        position = 0;
        var slash = text.IndexOf('/');
        if (slash < 0
            || !uint.TryParse(text[..slash], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var high)
            || !uint.TryParse(
                text[(slash + 1)..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var low))
        {
            return false;
        }

        position = ((ulong)high << 32) | low;
        return true;
    }
}
