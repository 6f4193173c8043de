using Seatrial.Engine.Checks;
using Seatrial.Engine.Measurements.Latencies;
using Seatrial.Engine.Runs;

namespace Seatrial.Suites.Performance;

/// <summary>Whether a load that goes straight into the first queue came in: what the database did not take is missing
/// in every figure.</summary>
internal static class IntakeCheck
{
    /// <summary>Of the phases that count.</summary>
    public static CheckResult Of(IReadOnlyList<MeasuredPhase> phases)
    {
        var measured = phases.Where(phase => phase.Span.IsMeasured).ToList();
        var (sent, refused, unanswered) = (
            measured.Sum(phase => phase.Sent), measured.Sum(phase => phase.Refused),
            measured.Sum(phase => phase.Unanswered));
        return new CheckResult
        {
            Id = "intake",
            Title = "The database took in what was sent",
            Verdict = refused > 0 ? Verdict.Fail : unanswered > 0 || sent == 0 ? Verdict.Unknown : Verdict.Pass,
            Count = (int)Math.Min(int.MaxValue, refused + unanswered),
            Summary = refused + unanswered == 0 ? $"{Figures.Count(sent, "record")} sent and taken in."
                : $"Of {Figures.Count(sent, "record")}, {Figures.Count(refused)} were refused by the database, and of "
                    + $"{Figures.Count(unanswered)} nobody knows.",
            Findings = [],
        };
    }
}
