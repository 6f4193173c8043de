using System.Globalization;

namespace Seatrial.Reports.Html;

/// <summary>A linear axis from 0, with ticks at round values.</summary>
/// <param name="Top">The greatest value, at <paramref name="To"/>.</param>
/// <param name="From">The coordinate of 0.</param>
/// <param name="To">The coordinate of the greatest value.</param>
/// <param name="Step">From tick to tick.</param>
internal sealed record Axis(double Top, double From, double To, double Step)
{
    private static readonly int[] ClockSteps =
        [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 21600, 43200, 86400];

    public IEnumerable<double> Ticks =>
        Enumerable.Range(0, (int)Math.Round(Top / Step, 6) + 1).Select(tick => tick * Step);

    /// <summary>Ends at a tick, so that the greatest value lies within.</summary>
    public static Axis OfCounts(double most, double from, double to) => Of(Math.Max(most, 1), 1, from, to);

    /// <summary>The same for what need not be whole.</summary>
    public static Axis OfAmounts(double most, double from, double to) => Of(Math.Max(most, 0.001), 0, from, to);

    private static Axis Of(double most, double leastStep, double from, double to)
    {
        var raw = most / 4;
        var magnitude = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        var step = Math.Max(leastStep, magnitude * (raw / magnitude) switch
        {
            <= 1 => 1,
            <= 2 => 2,
            <= 2.5 => 2.5,
            <= 5 => 5,
            _ => 10,
        });
        return new Axis(step * Math.Ceiling(most / step), from, to, step);
    }

    /// <summary>Ends where the time does; ticks at what clocks call round.</summary>
    public static Axis OfSeconds(double most, double from, double to)
    {
        var step = ClockSteps.FirstOrDefault(step => most / step <= 12, (int)Math.Ceiling(most / 12 / 86400) * 86400);
        return new Axis(most, from, to, step);
    }

    public double At(double value) => From + ((To - From) * Math.Clamp(value, 0, Top) / Top);

    /// <summary><c>30 s</c>, and from two minutes on <c>2:30</c> or <c>1:02:30</c>.</summary>
    public string Clock(double seconds)
    {
        var time = TimeSpan.FromSeconds(seconds);
        return Top < 120 ? string.Create(CultureInfo.InvariantCulture, $"{seconds:0} s")
            : Top < 3600 ? string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalMinutes}:{time.Seconds:00}")
            : string.Create(
                CultureInfo.InvariantCulture, $"{(int)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00}");
    }
}
