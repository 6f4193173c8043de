using Seatrial.Engine.Plans;

namespace Seatrial.Engine.Trends;

/// <summary>
/// Two single runs. Where enough runs before them tell how much the system varies from one run to the next, by that;
/// else by the variation within the two, which says nothing of that between runs.
/// </summary>
public static class RunComparison
{
    private const double Rare = 0.025;

    /// <summary>What is said of each metric; <paramref name="spread"/> is how much it varies between runs, where known.
    /// </summary>
    public static IReadOnlyList<MetricChange> Compare(
        RunMeasurements before,
        RunMeasurements after,
        IReadOnlyList<MetricName> names,
        double least,
        Func<MetricName, Spread?> spread) =>
        [
            .. names
                .GroupBy(name => name.Stage)
                .SelectMany(group => OfStage(before, after, [.. group], least, spread)),
        ];

    private static IEnumerable<MetricChange> OfStage(
        RunMeasurements before,
        RunMeasurements after,
        IReadOnlyList<MetricName> names,
        double least,
        Func<MetricName, Spread?> spread)
    {
        var stage = names[0].Stage;
        var draws = new Lazy<PairedDraws?>(
            () => PairedDraws.Of(StagesOf(before, stage), StagesOf(after, stage), names));
        foreach (var name in names)
        {
            var (one, other) = (Metric(before, name), Metric(after, name));
            var plain = new MetricChange
            {
                Metric = name.ToString(),
                Kind = ChangeKind.Missing,
                Before = one?.Value,
                After = other?.Value,
                CountBefore = one?.Count ?? 0,
                CountAfter = other?.Count ?? 0,
            };
            yield return (one, other) switch
            {
                (null, _) or (_, null) => plain with { Because = Lacking(name, one is null) },
                _ when name.Kind is MetricKind.Errors => Errors(plain, one, other, least),
                _ when one.Value <= 0 || other.Value <= 0 => plain with { Because = "there is no ratio of zeros" },
                _ => (spread(name)?.Around(other.Value / one.Value)
                    ?? draws.Value?.Of(name, other.Value / one.Value)) is { } ratio
                    ? Judged(plain, ratio, name, least)
                    : plain with { Because = TooShort(before, after, stage) },
            };
        }
    }

    private static MetricChange Judged(MetricChange plain, Interval ratio, MetricName name, double least) =>
        plain with { Ratio = ratio, Kind = ChangeKinds.Of(ratio, name.IsCost, least) };

    /// <summary>Worse where chance would hardly make so many of as much more as counts; more that chance may have made
    /// is not known.</summary>
    private static MetricChange Errors(MetricChange plain, RunMetric before, RunMetric after, double least)
    {
        var (one, other) = (Number(before), Number(after));
        var more = RareEvents.ProbabilityOfMore(one, before.Count, other, after.Count, 1 + least);
        var less = RareEvents.ProbabilityOfMore(other, after.Count, one, before.Count);
        return plain with
        {
            Kind = more < Rare ? ChangeKind.Worse
                : less < Rare ? ChangeKind.Better
                : after.Value > (1 + least) * before.Value ? ChangeKind.Unclear
                : ChangeKind.Same,
            Probability = Math.Min(1, 2 * Math.Min(more, less)),
        };
    }

    private static long Number(RunMetric errors) => (long)Math.Round(errors.Value * errors.Count);

    private static RunMetric? Metric(RunMeasurements run, MetricName name)
    {
        if (run.Metrics.FirstOrDefault(metric => metric.Name == name.ToString()) is { } known)
        {
            return known;
        }

        // A quantile that is asked for and is none of the usual ones.
        var sum = RunMetrics.Sum(StagesOf(run, name.Stage));
        return name.Kind is MetricKind.Latency && sum.Count >= RunMetrics.Needed(name.Quantile)
            && sum.Read(name) is { } value ? new RunMetric(name.ToString(), value, sum.Count) : null;
    }

    private static IReadOnlyList<StageSeconds> StagesOf(RunMeasurements run, string? stage) =>
        stage is null ? run.Stages : [.. run.Stages.Where(one => one.Stage == stage)];

    private static string Lacking(MetricName name, bool isBefore)
    {
        var run = isBefore ? "the first run" : "the second run";
        return name.Kind is MetricKind.Latency
            ? $"{run} has fewer than the {Runs.Figures.Count(RunMetrics.Needed(name.Quantile))} records that it takes"
            : $"{run} has none";
    }

    private static string TooShort(RunMeasurements before, RunMeasurements after, string? stage)
    {
        var shorter = new[] { before, after }.Min(run => StagesOf(run, stage) is { Count: > 0 } stages
            ? stages.Max(one => one.Length) : 0);
        return shorter > 0
            ? $"{Runs.Figures.Number(shorter)} s are too few to tell noise from change: it takes {Blocks.Least * 2} s"
            : "its seconds were not kept";
    }

    /// <summary>One set of draws for all metrics of a stage.</summary>
    private sealed class PairedDraws
    {
        private readonly Dictionary<MetricName, double[]> _ratios = [];

        public static PairedDraws? Of(
            IReadOnlyList<StageSeconds> before, IReadOnlyList<StageSeconds> after, IReadOnlyList<MetricName> names)
        {
            if (Blocks.Of(before) is not { } one || Blocks.Of(after) is not { } other)
            {
                return null;
            }

            var draws = new PairedDraws();
            var chance = new SeededRandom(Bootstrap.Seed);
            foreach (var name in names)
            {
                draws._ratios[name] = new double[Bootstrap.Draws];
            }

            for (var i = 0; i < Bootstrap.Draws; i++)
            {
                var (was, now) = (one.Draw(chance), other.Draw(chance));
                foreach (var name in names)
                {
                    draws._ratios[name][i] = now.Read(name) / was.Read(name) ?? double.NaN;
                }
            }

            return draws;
        }

        public Interval? Of(MetricName name, double ratio) =>
            _ratios[name].All(one => one > 0 && double.IsFinite(one))
                ? Bootstrap.Between(ratio, [.. _ratios[name]]) : null;
    }
}
