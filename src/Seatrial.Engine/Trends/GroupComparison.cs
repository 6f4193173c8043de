namespace Seatrial.Engine.Trends;

/// <summary>Two groups of runs, taken in turn: the case is a run, not a request, whatever runs differ by.</summary>
public static class GroupComparison
{
    /// <summary>Fewer runs a group can't be told from chance: it sets three and three apart once in ten.</summary>
    public const int LeastRuns = 4;

    private const double Rare = 0.05;

    /// <summary>
    /// Whether another pair of runs could tell what so many can't: while nothing is worse and something unclear, up to
    /// twice as many as there are to be at least. Looking again and again hardly makes chance more likely to be called,
    /// for what is called lies far from it.
    /// </summary>
    public static bool TakesMore(int pairs, int least, IReadOnlyList<MetricChange> changes) => pairs < least
        || (pairs < 2 * least && ChangeKinds.Verdict(changes) is Checks.Verdict.Unknown
            && changes.Any(change => change.Kind is ChangeKind.Unclear));

    /// <summary>What is said of each metric.</summary>
    public static IReadOnlyList<MetricChange> Compare(
        IReadOnlyList<RunMeasurements> before,
        IReadOnlyList<RunMeasurements> after,
        IReadOnlyList<MetricName> names,
        double least) => [.. names.Select(name => Compare(Of(before, name), Of(after, name), name, least))];

    /// <summary>What is said of a metric whose values are these, one a run.</summary>
    public static MetricChange Compare(
        IReadOnlyList<RunMetric> before, IReadOnlyList<RunMetric> after, MetricName name, double least)
    {
        var (one, other) = (Values(before), Values(after));
        var change = new MetricChange
        {
            Metric = name.ToString(),
            Kind = ChangeKind.Missing,
            Before = one.Length > 0 ? Bootstrap.Median(one) : null,
            After = other.Length > 0 ? Bootstrap.Median(other) : null,
            CountBefore = before.Sum(metric => metric.Count),
            CountAfter = after.Sum(metric => metric.Count),
        };
        if (Math.Min(one.Length, other.Length) < LeastRuns)
        {
            return change with
            {
                Because = $"{one.Length} and {other.Length} runs are too few: it takes {LeastRuns} of each",
            };
        }

        if (one.All(value => value == 0) && other.All(value => value == 0))
        {
            return change with { Kind = ChangeKind.Same };
        }

        double? chance = Math.Max(one.Length, other.Length) <= MannWhitney.Most
            ? MannWhitney.Probability(one, other) : null;
        return Bootstrap.RatioOfMedians(one, other) is { } ratio
            ? Judged(change with { Ratio = ratio, Probability = chance }, ratio, name, least)
            : Ranked(change with { Probability = chance }, name);
    }

    /// <summary>With few runs, the interval is called only where their ranks say the same.</summary>
    private static MetricChange Judged(MetricChange change, Interval ratio, MetricName name, double least)
    {
        var call = ChangeKinds.Of(ratio, name.IsCost, least);
        return call is ChangeKind.Worse or ChangeKind.Better && change.Probability >= Rare
            ? change with { Kind = ChangeKind.Unclear, Because = "its runs are not far enough apart" }
            : change with { Kind = call };
    }

    /// <summary>Where some are 0 there is no ratio, but there are ranks.</summary>
    private static MetricChange Ranked(MetricChange change, MetricName name)
    {
        var isMore = change.After > change.Before;
        return change with
        {
            Kind = change.Probability is not { } chance ? ChangeKind.Missing
                : chance >= Rare ? ChangeKind.Same
                : isMore == name.IsCost ? ChangeKind.Worse : ChangeKind.Better,
            Because = "some of its values are 0: judged by their ranks",
        };
    }

    private static double[] Values(IReadOnlyList<RunMetric> metrics) =>
        [.. metrics.Select(metric => metric.Value).Where(double.IsFinite)];

    private static IReadOnlyList<RunMetric> Of(IReadOnlyList<RunMeasurements> runs, MetricName name) =>
    [
        .. runs.SelectMany(run => run.Metrics.Where(metric => metric.Name == name.ToString()).Take(1)),
    ];
}
