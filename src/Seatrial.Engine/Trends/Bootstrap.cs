using Seatrial.Engine.Plans;

namespace Seatrial.Engine.Trends;

/// <summary>
/// Intervals by drawing again from what was seen: the percentile method (Efron and Tibshirani, An Introduction to the
/// Bootstrap, 1993, chapter 13). The same figures always give the same interval.
/// </summary>
public static class Bootstrap
{
    /// <summary>Draws: enough for the third digit of a 95 % interval.</summary>
    internal const int Draws = 2000;

    /// <summary>The seed of every interval.</summary>
    internal const ulong Seed = 0x5EA_7121A1;

    private const double Tail = 0.025;

    /// <summary>
    /// The ratio of medians, after divided by before, where each value is one run's. Null where it has no meaning: no
    /// values, or one that is not above 0.
    /// </summary>
    public static Interval? RatioOfMedians(IReadOnlyList<double> before, IReadOnlyList<double> after)
    {
        if (before.Count == 0 || after.Count == 0
            || !before.Concat(after).All(value => value > 0 && double.IsFinite(value)))
        {
            return null;
        }

        var chance = new SeededRandom(Seed);
        var (drawnBefore, drawnAfter) = (new double[before.Count], new double[after.Count]);
        var ratios = new double[Draws];
        for (var i = 0; i < Draws; i++)
        {
            Draw(before, drawnBefore, chance);
            Draw(after, drawnAfter, chance);
            ratios[i] = MedianOf(drawnAfter) / MedianOf(drawnBefore);
        }

        return Between(Median(after) / Median(before), ratios);
    }

    /// <summary>The middle value, or the mean of the two in the middle.</summary>
    public static double Median(IReadOnlyList<double> values) => MedianOf([.. values]);

    /// <summary>From an estimate and its draws to an interval around it.</summary>
    internal static Interval Between(double estimate, double[] draws)
    {
        Array.Sort(draws);
        return new Interval(
            estimate,
            draws[(int)Math.Floor(Tail * (draws.Length - 1))],
            draws[(int)Math.Ceiling((1 - Tail) * (draws.Length - 1))]);
    }

    private static void Draw(IReadOnlyList<double> values, double[] into, SeededRandom chance)
    {
        for (var i = 0; i < into.Length; i++)
        {
            into[i] = values[chance.Next(values.Count)];
        }
    }

    private static double MedianOf(double[] values)
    {
        Array.Sort(values);
        var middle = values.Length / 2;
        return values.Length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }
}
