namespace Seatrial.Engine.Measurements.Trends;

/// <summary>Fits a line by ordinary least squares, where points are many and none of them is off.</summary>
public static class LeastSquares
{
    /// <summary>What the line rises by from one X to the next; 0 where there are not two different ones.</summary>
    public static double Slope(IReadOnlyList<(double X, double Y)> points)
    {
        if (points.Count < 2)
        {
            return 0;
        }

        var (x, y) = (points.Average(point => point.X), points.Average(point => point.Y));
        var squares = points.Sum(point => (point.X - x) * (point.X - x));
        return squares <= 0 ? 0 : points.Sum(point => (point.X - x) * (point.Y - y)) / squares;
    }
}
