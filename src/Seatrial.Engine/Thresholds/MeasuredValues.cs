using Seatrial.Engine.Measurements.Latencies;

namespace Seatrial.Engine.Thresholds;

/// <summary>A value, in the unit of its metric, and how many records it was made from.</summary>
internal readonly record struct MeasuredValue(double? Value, long Samples);

/// <summary>What phases show of a metric, taken together: histograms are added, rates weighed by their time.</summary>
internal static class MeasuredValues
{
    public static MeasuredValue Of(Threshold threshold, IReadOnlyList<MeasuredPhase> phases)
    {
        if (phases.Count == 0)
        {
            return default;
        }

        var sent = phases.Sum(phase => phase.Sent);
        return threshold.Metric switch
        {
            "throughput" => sent == 0 ? default : new MeasuredValue(
                Mean(phases, phase => Stage(phase, threshold)?.Throughput ?? phase.Throughput), 1),
            "latency" => Duration(threshold, phases, phase => Stage(phase, threshold)?.Latency ?? phase.Latency),
            "wait" => Duration(threshold, phases, phase => (Stage(phase, threshold) ?? phase.Stages[0]).Wait),
            "run" => Duration(threshold, phases, phase => (Stage(phase, threshold) ?? phase.Stages[0]).Run),
            "lateness" => Duration(threshold, phases, phase => phase.Lateness),
            "errors" => Errors(threshold, phases, sent),
            "backlog" => Backlog(threshold, phases),
            _ => default,
        };
    }

    private static MeasuredStage? Stage(MeasuredPhase phase, Threshold threshold) =>
        threshold.Stage is { } name ? phase.Stages.First(stage => stage.Stage == name) : null;

    private static MeasuredValue Errors(Threshold threshold, IReadOnlyList<MeasuredPhase> phases, long sent)
    {
        var errors = phases.Sum(phase => phase.Errors);
        return sent == 0 ? default
            : new MeasuredValue(threshold.Aggregate is "rate" ? (double)errors / sent : errors, sent);
    }

    private static MeasuredValue Backlog(Threshold threshold, IReadOnlyList<MeasuredPhase> phases) => new(
        threshold.Aggregate switch
        {
            "max" => phases.Max(phase => phase.Backlog.Most),
            "end" => phases[^1].Backlog.End,
            _ => phases.Max(phase => phase.BacklogGrowth),
        },
        1);

    private static double Mean(IReadOnlyList<MeasuredPhase> phases, Func<MeasuredPhase, double> rate)
    {
        var seconds = phases.Sum(phase => Seconds(phase));
        return phases.Sum(phase => rate(phase) * Seconds(phase)) / seconds;
    }

    private static double Seconds(MeasuredPhase phase) => (phase.Span.To - phase.Span.From).TotalSeconds;

    private static MeasuredValue Duration(
        Threshold threshold, IReadOnlyList<MeasuredPhase> phases, Func<MeasuredPhase, Latency> of)
    {
        var all = new Latency();
        foreach (var phase in phases)
        {
            all.Add(of(phase));
        }

        var value = (threshold.Aggregate, threshold.Quantile) switch
        {
            (_, { } part) => all.Quantile(part),
            ("min", _) => all.Least,
            ("avg", _) => all.Mean,
            ("med", _) => all.Quantile(0.5),
            _ => all.Most,
        };
        return new MeasuredValue(value?.TotalSeconds, all.Count);
    }
}
