namespace Seatrial.Engine.Measurements.Trends;

/// <summary>
/// Fits a line that a few outliers can't bend: the median of the slopes between all pairs of points (H. Theil 1950;
/// P. K. Sen, "Estimates of the regression coefficient based on Kendall's tau", JASA 63, 1968). The interval is Sen's,
/// with the variance corrected for ties (R. O. Gilbert, "Statistical Methods for Environmental Pollution Monitoring",
/// 1987, 16.4), and widened by (1 + r) / (1 - r), r being the residuals' correlation from point to point: neighbours
/// that resemble each other tell less than they seem to (G. V. Bayley and J. M. Hammersley, JRSS 8, 1946).
/// </summary>
public static class TheilSen
{
    /// <summary>Of the normal distribution, for a confidence of 99 % on both sides.</summary>
    private const double Width = 2.576;

    private const double MostCorrelation = 0.95;

    /// <summary>Null for fewer than four points: they show nothing.</summary>
    public static Trend? Fit(IReadOnlyList<(double X, double Y)> points)
    {
        if (points.Count < 4)
        {
            return null;
        }

        var slopes = new List<double>(points.Count * (points.Count - 1) / 2);
        var sign = 0L;
        for (var i = 0; i < points.Count; i++)
        {
            for (var j = i + 1; j < points.Count; j++)
            {
                if (points[j].X != points[i].X)
                {
                    var slope = (points[j].Y - points[i].Y) / (points[j].X - points[i].X);
                    slopes.Add(slope);
                    sign += Math.Sign(slope);
                }
            }
        }

        if (slopes.Count == 0)
        {
            return null;
        }

        slopes.Sort();
        var middle = Median(slopes);
        var offset = Median([.. points.Select(point => point.Y - (middle * point.X)).Order()]);
        var correlation = Correlation([.. points.Select(point => point.Y - offset - (middle * point.X))]);
        var deviation = Math.Sqrt(Variance(points) * (1 + correlation) / (1 - correlation));
        var reach = Width * deviation;
        var low = (int)Math.Floor((slopes.Count - reach) / 2) - 1;
        var high = (int)Math.Ceiling((slopes.Count + reach) / 2);
        var centre = (points[0].X + points[^1].X) / 2;
        return new Trend(
            middle,
            low < 0 ? Math.Min(0, slopes[0]) : slopes[low],
            high >= slopes.Count ? Math.Max(0, slopes[^1]) : slopes[high],
            offset + (middle * centre),
            deviation > 0 ? Normal(sign / deviation) : 0.5,
            points.Count);
    }

    private static double Median(List<double> sorted) => sorted.Count % 2 == 1
        ? sorted[sorted.Count / 2]
        : (sorted[(sorted.Count / 2) - 1] + sorted[sorted.Count / 2]) / 2;

    /// <summary>Of the sum of the slopes' signs, were there no trend.</summary>
    private static double Variance(IReadOnlyList<(double X, double Y)> points)
    {
        var ties = points.GroupBy(point => point.Y).Sum(group => Term(group.Count()));
        return (Term(points.Count) - ties) / 18;
    }

    private static double Term(double count) => count * (count - 1) * ((2 * count) + 5);

    /// <summary>Of each with the next one; none where it would be against the trend.</summary>
    private static double Correlation(double[] residuals)
    {
        var mean = residuals.Average();
        var all = residuals.Sum(residual => (residual - mean) * (residual - mean));
        var neighbours = residuals.Zip(residuals.Skip(1), (one, next) => (one - mean) * (next - mean)).Sum();
        return all > 0 ? Math.Clamp(neighbours / all, 0, MostCorrelation) : 0;
    }

    /// <summary>The normal distribution's, by the logistic curve nearest to it (within 0.01: S. R. Bowling et al.,
    /// 2009).</summary>
    private static double Normal(double z) => 1 / (1 + Math.Exp(-((0.07056 * z * z * z) + (1.5976 * z))));
}
