using System.Globalization;

namespace Seatrial.Engine.Runs;

/// <summary>Numbers as people read them, the same in the terminal, HTML and Markdown.</summary>
public static class Figures
{
    private static readonly string[] _units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];

    /// <summary><c>64,449</c>.</summary>
    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary><c>1 record</c>, <c>2 records</c>.</summary>
    public static string Count(long count, string noun) => $"{Count(count)} {noun}{(count == 1 ? "" : "s")}";

    /// <summary><c>340 ms</c>, <c>7.25 s</c>, <c>48.2 s</c>, <c>1 min 42 s</c>, <c>2 h 05 min</c>.</summary>
    public static string Duration(TimeSpan duration)
    {
        if (duration < TimeSpan.Zero)
        {
            return "−" + Duration(duration.Negate());
        }

        // Rounded first, so that 59.97 s becomes a minute rather than "60.0 s".
        var seconds = Math.Round(duration.TotalSeconds);
        return duration.TotalSeconds switch
        {
            < 0.9995 => Number(duration.TotalMilliseconds, duration.TotalMilliseconds is > 0 and < 10 ? 1 : 0) + " ms",
            < 9.995 => duration.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture) + " s",
            < 59.95 => duration.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture) + " s",
            < 3599.5 => FormattableString.Invariant($"{Math.Floor(seconds / 60)} min {seconds % 60:00} s"),
            _ => FormattableString.Invariant(
                $"{Math.Floor(Math.Round(seconds / 60) / 60):N0} h {Math.Round(seconds / 60) % 60:00} min"),
        };
    }

    /// <summary>With thousands separators and at most so many decimals: <c>1,283.5</c>.</summary>
    public static string Number(double number, int decimals = 1) =>
        number.ToString("#,0." + new string('#', decimals), CultureInfo.InvariantCulture);

    /// <summary>By 1024, as memory is limited: <c>512 B</c>, <c>1.5 KiB</c>, <c>24 MiB</c>.</summary>
    public static string Bytes(long bytes)
    {
        if (bytes < 0)
        {
            return "−" + Bytes(bytes == long.MinValue ? long.MaxValue : -bytes);
        }

        var (size, unit) = ((double)bytes, 0);
        for (; size >= 1023.95 && unit < _units.Length - 1; unit++)
        {
            size /= 1024;
        }

        return $"{Number(size, unit > 0 && size < 99.95 ? 1 : 0)} {_units[unit]}";
    }

    /// <summary>A part of a whole: <c>25.3 %</c>; <c>–</c> of nothing.</summary>
    public static string Percent(double part, double whole) => whole > 0 ? Number(100 * part / whole) + " %" : "–";
}
