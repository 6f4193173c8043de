using Seatrial.Engine.Recovery;
using Seatrial.Engine.Runs;

namespace Seatrial.Reports;

/// <summary>What a fault cost, as reports show it.</summary>
internal static class RecoveryFigures
{
    /// <summary><c>1.24 s</c>, <c>&gt; 40.10 s</c>, <c>0.8 %</c>; a dash where nothing showed it.</summary>
    public static string Text(Figure? figure) => figure switch
    {
        null => "–",
        { IsOpen: true } => BudgetChecks.Text(figure).Replace("more than", ">", StringComparison.Ordinal),
        _ => BudgetChecks.Text(figure),
    };

    /// <summary>The budget of all faults, as the first of them has it; waste has none but for the whole run.</summary>
    public static string Budget(SuiteResult suite, Measure measure) => suite.Recovery
        .SelectMany(fault => fault.Figures)
        .Where(figure => figure.Measure == measure)
        .Select(figure => figure.Budget)
        .GroupBy(budget => budget)
        .OrderByDescending(budgets => budgets.Count())
        .FirstOrDefault()?.Key ?? "";
}
