using Seatrial.Engine.Runs;

namespace Seatrial.Engine.Trends;

/// <summary>From what a run did, second by second, to the metrics that it is compared by.</summary>
public static class RunMetrics
{
    private static readonly double[] _quantiles = [0.5, 0.95, 0.99];

    /// <summary>
    /// Of all stages, then of each. A quantile is left out where fewer than ten records lie beyond it: it would be that
    /// of a few records, and not of the run.
    /// </summary>
    public static RunMeasurements Of(IReadOnlyList<StageSeconds> stages, IReadOnlyList<QueueSummary> queues)
    {
        var metrics = new List<RunMetric>();
        metrics.AddRange(Timed(stages, null));
        metrics.AddRange(Errors(queues, null));
        foreach (var stage in stages.Count > 1 ? stages : [])
        {
            metrics.AddRange(Timed([stage], stage.Stage));
            metrics.AddRange(Errors([.. queues.Where(queue => queue.Queue == stage.Stage)], stage.Stage));
        }

        return new RunMeasurements { Metrics = metrics, Stages = stages };
    }

    /// <summary>Records that it takes for a quantile to be that of a run: 10 / (1 − q).</summary>
    public static long Needed(double quantile) => (long)Math.Ceiling(Math.Round(10 / (1 - quantile), 6));

    /// <summary>Everything of some stages, added up.</summary>
    internal static LatencyCounts Sum(IReadOnlyList<StageSeconds> stages)
    {
        var sum = new LatencyCounts();
        foreach (var second in stages.SelectMany(stage => stage.Seconds))
        {
            sum.Add(second);
        }

        sum.Lengthen(stages.Count == 0 ? 0 : stages.Max(stage => stage.Length));
        return sum;
    }

    private static IEnumerable<RunMetric> Timed(IReadOnlyList<StageSeconds> stages, string? stage)
    {
        var sum = Sum(stages);
        MetricName[] names =
        [
            new() { Kind = MetricKind.Throughput, Stage = stage },
            .. _quantiles
                .Where(quantile => sum.Count >= Needed(quantile))
                .Select(quantile => new MetricName
                {
                    Kind = MetricKind.Latency,
                    Quantile = quantile,
                    Stage = stage,
                }),
        ];
        foreach (var name in names)
        {
            if (sum.Count > 0 && sum.Read(name) is { } value)
            {
                yield return new RunMetric(name.ToString(), value, sum.Count);
            }
        }
    }

    private static IEnumerable<RunMetric> Errors(IReadOnlyList<QueueSummary> queues, string? stage)
    {
        var all = queues.Sum(queue => queue.Enqueued);
        if (all > 0)
        {
            yield return new RunMetric(
                new MetricName { Kind = MetricKind.Errors, Stage = stage }.ToString(),
                (double)queues.Sum(queue => queue.Dead) / all,
                all);
        }
    }
}
