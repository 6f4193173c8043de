namespace Seatrial.Engine.Trends;

/// <summary>
/// The test of Mann and Whitney (On a test of whether one of two random variables is stochastically larger than the
/// other, 1947), exact: every way to deal the ranks to the two groups is counted, ties by their middle ranks.
/// </summary>
public static class MannWhitney
{
    /// <summary>More values than this are for the bootstrap alone.</summary>
    public const int Most = 20;

    /// <summary>
    /// The probability, on both sides, that chance alone sets two groups as far apart as this; 1 where a group is
    /// empty.
    /// </summary>
    public static double Probability(IReadOnlyList<double> one, IReadOnlyList<double> other)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Math.Max(one.Count, other.Count), Most);
        if (one.Count == 0 || other.Count == 0)
        {
            return 1;
        }

        // Doubled, so that the middle of two ranks is a whole number.
        var ranks = DoubledRanks([.. one, .. other]);
        var seen = ranks.Take(one.Count).Sum();
        var ways = Ways(ranks, one.Count);
        var all = ways.Sum();
        var middle = one.Count * (ranks.Length + 1);
        var away = Math.Abs(seen - middle);
        return ways.Where((_, sum) => Math.Abs(sum - middle) >= away).Sum() / all;
    }

    /// <summary>How many ways there are to choose so many of the ranks, by their sum.</summary>
    private static double[] Ways(int[] ranks, int chosen)
    {
        var most = ranks.Sum();
        var ways = new double[chosen + 1, most + 1];
        ways[0, 0] = 1;
        foreach (var rank in ranks)
        {
            for (var count = chosen; count > 0; count--)
            {
                for (var sum = most; sum >= rank; sum--)
                {
                    ways[count, sum] += ways[count - 1, sum - rank];
                }
            }
        }

        return [.. Enumerable.Range(0, most + 1).Select(sum => ways[chosen, sum])];
    }

    private static int[] DoubledRanks(double[] values) =>
        [.. values.Select(value => (2 * values.Count(other => other < value))
            + values.Count(other => other.Equals(value)) + 1)];
}
