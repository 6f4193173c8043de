namespace Seatrial.Engine.Trends;

/// <summary>How much a metric varies from one run to the next, as runs that did the same show it.</summary>
/// <param name="Deviation">Of the logarithm: 0.05 is about 5 %.</param>
/// <param name="Runs">How many showed it.</param>
public sealed record Spread(double Deviation, int Runs)
{
    /// <summary>Fewer runs do not tell.</summary>
    public const int LeastRuns = 5;

    /// <summary>Older ones are of another program, as likely as not.</summary>
    public const int MostRuns = 20;

    /// <summary>Student's t for 95 %, from four degrees of freedom on.</summary>
    private static readonly double[] _students =
    [
        2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101, 2.093,
    ];

    /// <summary>From runs, the oldest first; null where too few have the metric.</summary>
    public static Spread? Of(IReadOnlyList<IReadOnlyList<RunMetric>> runs, MetricName name)
    {
        var logs = runs
            .SelectMany(run => run.Where(metric => metric.Name == name.ToString() && metric.Value > 0).Take(1))
            .Select(metric => Math.Log(metric.Value))
            .TakeLast(MostRuns)
            .ToList();
        if (logs.Count < LeastRuns)
        {
            return null;
        }

        var mean = logs.Average();
        return new Spread(Math.Sqrt(logs.Sum(log => (log - mean) * (log - mean)) / (logs.Count - 1)), logs.Count);
    }

    /// <summary>Around the ratio of one run to another: what is within a run makes runs differ, and is in it.</summary>
    public Interval Around(double ratio)
    {
        var factor = Math.Exp(_students[Runs - LeastRuns] * Math.Sqrt(2) * Deviation);
        return new Interval(ratio, ratio / factor, ratio * factor);
    }
}
