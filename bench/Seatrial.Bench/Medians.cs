using System.Globalization;

namespace Seatrial.Bench;

/// <summary>What is said of the rounds of a benchmark.</summary>
internal static class Medians
{
    public static double Of(IEnumerable<double> figures)
    {
        var sorted = figures.Order().ToList();
        var half = sorted.Count / 2;
        return sorted.Count % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    /// <summary>Median, least and greatest.</summary>
    public static string Describe(IReadOnlyCollection<double> figures, string format = "N0") => string.Create(
        CultureInfo.InvariantCulture,
        $"{Of(figures).ToString(format, CultureInfo.InvariantCulture)} ({figures.Min().ToString(format, CultureInfo.InvariantCulture)}"
        + $" to {figures.Max().ToString(format, CultureInfo.InvariantCulture)})");
}
