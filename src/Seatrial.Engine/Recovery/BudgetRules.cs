using Seatrial.Engine.Checks;

namespace Seatrial.Engine.Recovery;

/// <summary>Which budget a figure has, and whether it is within it.</summary>
internal static class BudgetRules
{
    /// <summary>A kind's own budget, else that of all; waste has none of all, since that is for the whole
    /// run.</summary>
    public static Budget? For(Measure measure, string kind, IReadOnlyList<Budget> budgets) =>
        budgets.FirstOrDefault(budget => budget.Measure == measure && budget.Fault == kind)
        ?? (measure is Measure.Waste ? null : Whole(measure, budgets));

    /// <summary>That of all kinds.</summary>
    public static Budget? Whole(Measure measure, IReadOnlyList<Budget> budgets) =>
        budgets.FirstOrDefault(budget => budget.Measure == measure && budget.Fault is null);

    /// <summary>The figure beside its budget. What it comes with as its bound is the records' lease.</summary>
    public static Figure Judged(Figure figure, string kind, IReadOnlyList<Budget> budgets)
    {
        if (For(figure.Measure, kind, budgets) is not { } budget)
        {
            return figure with { Most = null };
        }

        var most = budget.AboveLease ? figure.Most + budget.Most : budget.Most;
        return figure with { Most = most, Budget = budget.Text(), Verdict = Verdict(figure, budget, most) };
    }

    private static Verdict? Verdict(Figure figure, Budget budget, double? most) => figure.Value switch
    {
        // Asked of all kinds it takes one of them to show it; asked of one it takes that.
        null => budget is { Asked: true, Fault: not null } ? Checks.Verdict.Unknown : null,
        _ when most is null => budget.Asked ? Checks.Verdict.Unknown : null,
        _ when figure.Value > most => Checks.Verdict.Fail,
        _ => figure.IsOpen ? Checks.Verdict.Unknown : Checks.Verdict.Pass,
    };
}
