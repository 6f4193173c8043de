using Seatrial.Engine.Checks;
using Seatrial.Engine.Measurements.Latencies;
using Seatrial.Engine.Runs;

namespace Seatrial.Suites.Performance;

/// <summary>
/// Whether the load was what the plan says: a generator that could not keep it has measured another load, and itself.
/// </summary>
internal static class GeneratorCheck
{
    private const double LeastSent = 0.999;

    private static readonly TimeSpan _mostLate = TimeSpan.FromMilliseconds(50);

    /// <summary>Of a phase.</summary>
    public static bool Kept(MeasuredPhase phase) =>
        phase.Sent >= phase.Span.Planned * LeastSent && !(Late(phase) > _mostLate);

    /// <summary>Of the phases that count.</summary>
    public static CheckResult Of(IReadOnlyList<MeasuredPhase> phases)
    {
        var measured = phases.Where(phase => phase.Span.IsMeasured).ToList();
        var broken = measured.Where(phase => !Kept(phase)).ToList();
        var worst = measured.MaxBy(phase => Late(phase) ?? TimeSpan.Zero);
        return new CheckResult
        {
            Id = "generator",
            Title = "The load came when the plan says",
            Verdict = measured.Count == 0 || broken.Count > 0 ? Verdict.Unknown : Verdict.Pass,
            Count = broken.Count,
            Summary = measured.Count == 0 ? "No phase of the load began."
                : broken.Count == 0 ? $"{Figures.Count(measured.Sum(phase => phase.Sent), "record")} sent as planned, {Words(worst)}."
                : $"{Figures.Count(broken.Count, "phase")} not kept, so what it would have shown is not known.",
            Findings = [.. broken.Select(phase => new Finding { Record = phase.Span.Name, Story = Story(phase) })],
        };
    }

    private static string Story(MeasuredPhase phase) =>
        $"{Figures.Count(phase.Sent)} of {Figures.Count(phase.Span.Planned)} records were sent, {Words(phase)}: "
        + "ask for less, or give the generator more of the machine.";

    private static string Words(MeasuredPhase? phase) => phase is not null && Late(phase) is { } late
        ? $"at most {Figures.Duration(late)} late but for the latest hundredth" : "how late can't be told";

    private static TimeSpan? Late(MeasuredPhase phase) => phase.Lateness.Quantile(0.99) ?? phase.Lateness.Most;
}
