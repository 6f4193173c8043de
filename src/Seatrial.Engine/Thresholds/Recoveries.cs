using Seatrial.Engine.Checks;
using Seatrial.Engine.Recovery;

namespace Seatrial.Engine.Thresholds;

/// <summary>What faults cost, held against thresholds: the worst of them has to keep it.</summary>
internal static class Recoveries
{
    public static Judged Judge(Threshold threshold, MeasuredRun run)
    {
        var figures = run.Recovery
            .Where(fault => threshold.Fault is not { } kind
                || fault.Fault.StartsWith(kind + " of ", StringComparison.Ordinal))
            .SelectMany(fault => fault.Figures, (fault, figure) => (fault.Fault, Figure: figure))
            .Where(one => Measures.Key(one.Figure.Measure) == threshold.Aggregate && one.Figure.Value is not null)
            .ToList();
        if (figures.Count == 0)
        {
            return Judged.Unknown("no fault showed it");
        }

        var wrong = figures.Where(one => !threshold.Holds(one.Figure.Value.GetValueOrDefault())).ToList();

        // What was not over when the next fault began is that much at least.
        var open = figures.Where(one => one.Figure.IsOpen).ToList();
        var (worst, verdict) = wrong.Count > 0 ? (wrong, Verdict.Fail)
            : open.Count > 0 ? (open, Verdict.Unknown) : (figures, Verdict.Pass);
        var (fault, most) = worst.MaxBy(one => one.Figure.Value);
        var said = $"{BudgetChecks.Text(most)} ({fault}), the worst of {Runs.Figures.Count(figures.Count, "fault")}";
        return verdict is Verdict.Unknown ? Judged.Unknown(said) : new Judged(verdict, said);
    }
}
