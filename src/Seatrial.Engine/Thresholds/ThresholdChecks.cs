using Seatrial.Engine.Checks;
using Seatrial.Engine.Measurements.Latencies;

namespace Seatrial.Engine.Thresholds;

/// <summary>Whether what was measured keeps its thresholds; one without samples is unknown.</summary>
public static class ThresholdChecks
{
    /// <summary>One check each, in the order in which they are written.</summary>
    public static IEnumerable<CheckResult> Of(IReadOnlyList<Threshold> thresholds, MeasuredRun run) =>
        thresholds.Select(threshold => Of(threshold, run));

    private static CheckResult Of(Threshold threshold, MeasuredRun run)
    {
        var (verdict, said) = threshold.Source switch
        {
            ThresholdSource.Containers => Growths.Judge(threshold, run),
            ThresholdSource.Faults => Recoveries.Judge(threshold, run),
            ThresholdSource.EarlierRuns => Regressions.Judge(threshold, run),
            ThresholdSource.Load when threshold.Metric is "capacity" => Capacities.Judge(threshold, run.Capacity),
            ThresholdSource.Load => OfLoad(threshold, run),
        };
        if (run.IsPart && verdict is Verdict.Fail && !IsForGood(threshold))
        {
            (verdict, said) = Judged.Unknown($"the run was stopped early; until then {said}");
        }

        return new CheckResult
        {
            Id = threshold.Subject,
            Title = threshold.Text,
            Verdict = verdict,
            Count = verdict is Verdict.Fail ? 1 : 0,
            Summary = $"{said}; wanted {threshold.Text[threshold.Subject.Length..].Trim()}.",
        };
    }

    /// <summary>Whether no rest of the run could have made good what was seen: a worst case, or a count, from
    /// above.</summary>
    private static bool IsForGood(Threshold threshold) =>
        threshold is { Comparison: Comparison.Below or Comparison.AtMost } or { Comparison: Comparison.Equal, Bound: 0 }
        && threshold is { Source: ThresholdSource.Faults } or { Aggregate: "max" }
            or { Metric: "errors", Aggregate: "" };

    private static Judged OfLoad(Threshold threshold, MeasuredRun run)
    {
        var looked = run.Phases
            .Where(phase => threshold.Phase is { } name ? phase.Span.Name == name : phase.Span.IsMeasured)
            .ToList();
        var seen = MeasuredValues.Of(threshold, looked);
        if (seen.Value is { } value)
        {
            var of = seen.Samples > 1 ? $" of {Runs.Figures.Count(seen.Samples)} records" : "";
            return new Judged(
                threshold.Holds(value) ? Verdict.Pass : Verdict.Fail, Threshold.Describe(value, threshold.Unit) + of);
        }

        return threshold.Quantile is { } part && seen.Samples > 0
            ? Judged.Unknown($"{Runs.Figures.Count(seen.Samples, "sample")}, where it takes "
                + $"{Runs.Figures.Count(Latency.Needed(part))} to see that tail")
            : Judged.Unknown("nothing was measured");
    }
}
