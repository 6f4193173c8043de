using Seatrial.Engine.Checks;
using Seatrial.Engine.Measurements.Latencies;
using Seatrial.Engine.Runs;
using Seatrial.Engine.Workloads;

namespace Seatrial.Suites.Performance;

/// <summary>
/// Whether the load was what the plan says: a generator that could not keep it has measured another load, and itself.
/// </summary>
internal static class GeneratorCheck
{
    private const double LeastSent = 0.999;

    private static readonly TimeSpan _mostLate = TimeSpan.FromMilliseconds(50);

    /// <summary>What is due by this clock is done by the database's; of a latency it is a part that may be
    /// neglected.</summary>
    private static readonly TimeSpan _mostSkew = TimeSpan.FromMilliseconds(10);

    /// <summary>Of a phase.</summary>
    public static bool Kept(MeasuredPhase phase) =>
        phase.Sent >= phase.Span.Planned * LeastSent && !(Late(phase) > _mostLate);

    /// <summary>Of the phases that count.</summary>
    /// <param name="phases">As measured.</param>
    /// <param name="entrance">What the load's way in answered; null for the queue itself.</param>
    /// <param name="skew">By how much the database's clock is ahead of the generator's; null where it was not
    /// looked at.</param>
    public static CheckResult Of(
        IReadOnlyList<MeasuredPhase> phases, EntranceAnswers? entrance = null, TimeSpan? skew = null)
    {
        var measured = phases.Where(phase => phase.Span.IsMeasured).ToList();
        var broken = measured.Where(phase => !Kept(phase)).ToList();
        var worst = measured.MaxBy(phase => Late(phase) ?? TimeSpan.Zero);
        var isSkewed = skew is { } ahead && ahead.Duration() > _mostSkew;
        return new CheckResult
        {
            Id = "generator",
            Title = "The load came when the plan says",
            Verdict = measured.Count == 0 || broken.Count > 0 || isSkewed ? Verdict.Unknown : Verdict.Pass,
            Count = broken.Count + (isSkewed ? 1 : 0),
            Summary = measured.Count == 0 ? "No phase of the load began."
                : isSkewed ? Skewed(skew ?? TimeSpan.Zero)
                : broken.Count == 0 ? $"{Figures.Count(measured.Sum(phase => phase.Sent), "record")} sent as planned, {Words(worst)}."
                : $"{Figures.Count(broken.Count, "phase")} not kept, so what it would have shown is not known.",
            Findings =
            [
                .. broken.Select(phase => new Finding { Record = phase.Span.Name, Story = Story(phase, entrance) }),
            ],
        };
    }

    private static string Skewed(TimeSpan skew) =>
        $"The database's clock is {Figures.Duration(skew.Duration())} {(skew > TimeSpan.Zero ? "ahead of" : "behind")} "
        + "this machine's, and each latency wrong by as much: let both follow one time server.";

    private static string Story(MeasuredPhase phase, EntranceAnswers? entrance) =>
        $"{Figures.Count(phase.Sent)} of {Figures.Count(phase.Span.Planned)} records were sent, {Words(phase)}: "
        + (entrance is { Again: > 0 and var again }
            ? $"the entrance had {Figures.Count(again, "request")} sent again; ask for less, or let it take more."
            : "ask for less, or give the generator more of the machine.");

    private static string Words(MeasuredPhase? phase) => phase is not null && Late(phase) is { } late
        ? $"at most {Figures.Duration(late)} late but for the latest hundredth" : "how late can't be told";

    private static TimeSpan? Late(MeasuredPhase phase) => phase.Lateness.Quantile(0.99) ?? phase.Lateness.Most;
}
