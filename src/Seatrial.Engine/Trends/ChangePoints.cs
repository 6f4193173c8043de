using Seatrial.Engine.Plans;

namespace Seatrial.Engine.Trends;

/// <summary>
/// Where a series of runs went from one level to another: by energy statistics, cut in two again and again, each cut
/// kept only where the same runs in any other order hardly ever give as clear a one (E-Divisive: Matteson and James, A
/// Nonparametric Approach for Multiple Change Point Analysis, 2014; on performance tests: Daly et al., 2020).
/// </summary>
public static class ChangePoints
{
    private const int LeastRuns = 4;
    private const int Orders = 199;
    private const double Rare = 0.02;

    /// <summary>
    /// Indices of the first runs of new levels whose medians differ by at least <paramref name="least"/>; values are
    /// above 0.
    /// </summary>
    public static IReadOnlyList<int> Find(IReadOnlyList<double> values, double least)
    {
        if (!values.All(value => value > 0 && double.IsFinite(value)))
        {
            return [];
        }

        var found = new SortedSet<int>();
        var chance = new SeededRandom(Bootstrap.Seed);
        Cut([.. values.Select(value => Math.Log(value))], 0, found, chance);
        int[] edges = [0, .. found, values.Count];
        return
        [
            .. found.Where((_, i) => Math.Abs(Math.Log(
                Bootstrap.Median([.. values.Skip(edges[i + 1]).Take(edges[i + 2] - edges[i + 1])])
                / Bootstrap.Median([.. values.Skip(edges[i]).Take(edges[i + 1] - edges[i])]))) >= Math.Log(1 + least)),
        ];
    }

    private static void Cut(double[] values, int offset, SortedSet<int> found, SeededRandom chance)
    {
        if (values.Length < 2 * LeastRuns)
        {
            return;
        }

        var (at, seen) = Clearest(values);
        var asClear = 0;
        var mixed = values.ToArray();
        for (var i = 0; i < Orders; i++)
        {
            Mix(mixed, chance);
            asClear += Clearest(mixed).Clearness >= seen ? 1 : 0;
        }

        if ((asClear + 1.0) / (Orders + 1) <= Rare)
        {
            found.Add(offset + at);
            Cut(values[..at], offset, found, chance);
            Cut(values[at..], offset + at, found, chance);
        }
    }

    private static (int At, double Clearness) Clearest(double[] values)
    {
        var best = (At: 0, Clearness: double.NegativeInfinity);
        for (var at = LeastRuns; at <= values.Length - LeastRuns; at++)
        {
            var clearness = Energy(values.AsSpan(0, at), values.AsSpan(at));
            best = clearness > best.Clearness ? (at, clearness) : best;
        }

        return best;
    }

    private static double Energy(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        var (m, n) = ((double)left.Length, (double)right.Length);
        return m * n / (m + n) * ((2 * Mean(left, right)) - Mean(left, left) - Mean(right, right));
    }

    private static double Mean(ReadOnlySpan<double> one, ReadOnlySpan<double> other)
    {
        var sum = 0.0;
        foreach (var a in one)
        {
            foreach (var b in other)
            {
                sum += Math.Abs(a - b);
            }
        }

        return sum / one.Length / other.Length;
    }

    private static void Mix(double[] values, SeededRandom chance)
    {
        for (var i = values.Length - 1; i > 0; i--)
        {
            var j = chance.Next(i + 1);
            (values[i], values[j]) = (values[j], values[i]);
        }
    }
}
