using System.Globalization;
using Seatrial.Engine.Checks;
using Seatrial.Engine.Trends;

namespace Seatrial.Engine.Thresholds;

/// <summary>
/// How much worse a run is than the last good one before it, at 95 % by <see cref="RunComparison"/>: a regression where
/// all of the interval reaches the bound, none where nothing of it does, and else not known.
/// </summary>
internal static class Regressions
{
    /// <summary>The aggregate for records a second.</summary>
    public const string Throughput = "throughput";

    /// <summary>The aggregate for dead letters as a part of all.</summary>
    public const string Errors = "errors";

    public static Judged Judge(Threshold threshold, MeasuredRun run)
    {
        if (run.Baseline is not { } baseline)
        {
            return Judged.Unknown("no good run before it is kept; --baseline makes one without asking for this");
        }

        var name = NameOf(threshold);
        var change = baseline.Compare(run.Measurements, name, threshold.Bound);
        return change.Kind switch
        {
            ChangeKind.Worse => new Judged(Verdict.Fail, Said(change, name, baseline)),
            ChangeKind.Same or ChangeKind.Better => new Judged(Verdict.Pass, Said(change, name, baseline)),
            ChangeKind.Unclear => Judged.Unknown(Said(change, name, baseline)),
            ChangeKind.Missing => Judged.Unknown(change.Because ?? "there is too little to compare"),
        };
    }

    private static MetricName NameOf(Threshold threshold) => new()
    {
        Kind = threshold.Aggregate switch
        {
            Throughput => MetricKind.Throughput,
            Errors => MetricKind.Errors,
            _ => MetricKind.Latency,
        },
        Quantile = threshold.Quantile ?? 0,
        Stage = threshold.Stage,
    };

    private static string Said(MetricChange change, MetricName name, Baseline baseline)
    {
        if (change.Ratio is not { } ratio)
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{change.After * 100:0.###} %, {change.Before * 100:0.###} % in run {baseline.RunId}");
        }

        // As a cost: above 1 is worse.
        var (estimate, low, high) = name.IsCost
            ? (ratio.Estimate, ratio.Low, ratio.High) : (1 / ratio.Estimate, 1 / ratio.High, 1 / ratio.Low);
        return $"{Percent(estimate)} ({Percent(low)} to {Percent(high)}) beside run {baseline.RunId}";
    }

    private static string Percent(double cost) =>
        string.Create(CultureInfo.InvariantCulture, $"{(cost - 1) * 100:+0.0;−0.0;0.0} %");
}
