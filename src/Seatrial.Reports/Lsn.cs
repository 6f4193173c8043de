using System.Globalization;

namespace Seatrial.Reports;

/// <summary>Positions in the write-ahead log in PostgreSQL's own form, <c>0/1547618</c>.</summary>
internal static class Lsn
{
    public static string Format(ulong position) =>
        string.Create(CultureInfo.InvariantCulture, $"{position >> 32:X}/{(uint)position:X}");

    public static bool TryParse(string? text, out ulong position)
    {
        position = 0;
        if (text?.Split('/') is not [var high, var low]
            || !uint.TryParse(high, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var upper)
            || !uint.TryParse(low, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var lower))
        {
            return false;
        }

        position = ((ulong)upper << 32) | lower;
        return true;
    }
}
