using System.Buffers.Text;

namespace Seatrial.Engine.Histories;

/// <summary>
/// Instants on the database's clock: microseconds since 1970 UTC, as PostgreSQL counts and prints them.
/// </summary>
public static class Instants
{
    /// <summary>PostgreSQL counts from 2000-01-01; this is that day since 1970.</summary>
    public const long PostgresEpoch = 946_684_800_000_000;

    public static long From(DateTimeOffset instant) => (instant.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / 10;

    public static DateTimeOffset ToDateTimeOffset(long microseconds) =>
        DateTimeOffset.UnixEpoch.AddTicks(microseconds * 10);

    /// <summary>
    /// Reads a timestamp as the log carries it with <c>DateStyle=ISO</c> and <c>TimeZone=UTC</c>: <c>2026-11-24
    /// 06:41:07.123456+00</c>, with or without fraction and zone; both infinities are the ends of time.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out long microseconds)
    {
        microseconds = 0;
        if (text.SequenceEqual("infinity"u8))
        {
            microseconds = long.MaxValue;
            return true;
        }

        if (text.SequenceEqual("-infinity"u8))
        {
            microseconds = long.MinValue;
            return true;
        }

        if (text.EndsWith("+00"u8))
        {
            text = text[..^3];
        }

        if (text.Length < 19
            || text[4] != '-' || text[7] != '-' || text[10] != ' ' || text[13] != ':' || text[16] != ':'
            || !TryNumber(text[..4], out var year) || !TryNumber(text.Slice(5, 2), out var month)
            || !TryNumber(text.Slice(8, 2), out var day) || !TryNumber(text.Slice(11, 2), out var hour)
            || !TryNumber(text.Slice(14, 2), out var minute) || !TryNumber(text.Slice(17, 2), out var second)
            || year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)
            || !TryFraction(text[19..], out var fraction))
        {
            return false;
        }

        var days = DateOnly.FromDateTime(
            new DateTime(year, month, day)).DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;
        microseconds = ((((days * 24L) + hour) * 60 + minute) * 60 + second) * 1_000_000 + fraction;
        return true;
    }

    private static bool TryFraction(ReadOnlySpan<byte> text, out int microseconds)
    {
        microseconds = 0;
        if (text.IsEmpty)
        {
            return true;
        }

        if (text[0] != '.' || text.Length is < 2 or > 7 || !TryNumber(text[1..], out microseconds))
        {
            return false;
        }

        for (var digits = text.Length - 1; digits < 6; digits++)
        {
            microseconds *= 10;
        }

        return true;
    }

    private static bool TryNumber(ReadOnlySpan<byte> digits, out int number) =>
        Utf8Parser.TryParse(digits, out number, out var consumed)
            && consumed == digits.Length && digits[0] is not (byte)'-';
}
