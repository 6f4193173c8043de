using System.Globalization;
using Seatrial.Engine.Checks;
using Seatrial.Engine.Histories;

namespace Seatrial.Engine.Recovery;

/// <summary>One check a measure: whether all that it showed is within its budget.</summary>
public static class BudgetChecks
{
    private static readonly Dictionary<string, IReadOnlyList<HistoryEvent>> _none = [];

    /// <summary>The checks, in the order of the measures; <paramref name="totals"/> are of the whole run.</summary>
    public static IEnumerable<CheckResult> Of(
        IReadOnlyList<FaultFigures> faults,
        JudgementTotals totals,
        IReadOnlyList<Budget> budgets,
        IReadOnlyDictionary<string, IReadOnlyList<HistoryEvent>>? stories = null) =>
        Measures.All
            .Where(measure => budgets.Any(budget => budget.Measure == measure))
            .Select(measure => Of(measure, Judged(measure, faults, totals, budgets), budgets, stories ?? _none));

    private static List<(string Fault, Figure Figure)> Judged(
        Measure measure, IReadOnlyList<FaultFigures> faults, JudgementTotals totals, IReadOnlyList<Budget> budgets)
    {
        var all = faults
            .SelectMany(fault => fault.Figures
                .Where(figure => figure.Measure == measure)
                .Select(figure => (fault.Fault, figure)))
            .ToList();
        if (measure is Measure.Waste && BudgetRules.Whole(measure, budgets) is { } budget)
        {
            var share = totals.Records == 0 ? (double?)null : (double)totals.WastedClaims / totals.Records;
            all.Insert(0, ("the whole run", new Figure
            {
                Measure = measure,
                Value = share,
                Most = budget.Most,
                Budget = budget.Text(),
                Seen = $"{totals.WastedClaims} claims beyond the first of {totals.Records} records",
                Verdict = share is null ? Verdict.Unknown : share > budget.Most ? Verdict.Fail : Verdict.Pass,
            }));
        }

        return all;
    }

    private static CheckResult Of(
        Measure measure,
        List<(string Fault, Figure Figure)> figures,
        IReadOnlyList<Budget> budgets,
        IReadOnlyDictionary<string, IReadOnlyList<HistoryEvent>> stories)
    {
        var failed = figures.Where(one => one.Figure.Verdict is Verdict.Fail).ToList();
        var unknown = figures.Where(one => one.Figure.Verdict is Verdict.Unknown).ToList();
        var shown = figures.Where(one => one.Figure is { Value: not null, Verdict: not null }).ToList();
        var isAsked = shown.Count == 0 && BudgetRules.Whole(measure, budgets) is { Asked: true };
        return new CheckResult
        {
            Id = Measures.Key(measure),
            Title = $"Within its budget: {Measures.Meaning(measure)}",
            Verdict = failed.Count > 0 ? Verdict.Fail
                : unknown.Count > 0 || isAsked ? Verdict.Unknown : Verdict.Pass,
            Count = failed.Count,
            Summary = Summary(measure, shown, failed.Count, unknown, budgets),
            Findings =
            [
                .. failed.Concat(unknown).Select(one => new Finding
                {
                    Record = one.Fault,
                    Story = Story(one.Figure),
                    History = stories.GetValueOrDefault(one.Figure.Record ?? "") ?? [],
                }),
            ],
        };
    }

    private static string Summary(
        Measure measure,
        List<(string Fault, Figure Figure)> shown,
        int failed,
        List<(string Fault, Figure Figure)> unknown,
        IReadOnlyList<Budget> budgets)
    {
        if (shown.Count == 0)
        {
            return BudgetRules.Whole(measure, budgets)?.Text() is { } text
                ? $"No fault showed it; the budget is {text}." : "No fault showed it.";
        }

        var worst = shown.MaxBy(one => one.Figure.Value / Math.Max(one.Figure.Most ?? 1, 1e-9));
        var all = measure is Measure.Waste ? "" : $"{Runs.Figures.Count(shown.Count, "fault")} showed it, the worst ";
        var over = failed > 0 ? $"{failed} over budget; " : "";
        var open = unknown.Count > 0 ? $"{unknown.Count} can't be told; " : "";
        return $"{over}{open}{all}{Text(worst.Figure)} ({worst.Fault}); the budget is {worst.Figure.Budget}.";
    }

    private static string Story(Figure figure) => figure.Value is null
        ? $"A budget of {figure.Budget} was asked for, and nothing shows how much it was."
        : $"It was {Text(figure)}{Of(figure)}{(figure.Seen is null ? "" : $": {figure.Seen}")}.";

    private static string Of(Figure figure) => figure.Most is null
        ? $" with a budget of {figure.Budget}, which can't be told"
        : $" with a budget of {figure.Budget}";

    /// <summary><c>1.24 s</c>, <c>more than 40.1 s</c>, <c>0.8 %</c>, <c>0.31 cores</c>.</summary>
    public static string Text(Figure figure) => figure switch
    {
        { Value: null } => "–",
        { Measure: Measure.Waste } => string.Create(CultureInfo.InvariantCulture, $"{figure.Value * 100:0.##} %"),
        { Measure: Measure.Processor } => string.Create(CultureInfo.InvariantCulture, $"{figure.Value:0.00} cores"),
        _ => (figure.IsOpen ? "more than " : "")
            + string.Create(CultureInfo.InvariantCulture, $"{figure.Value:0.00} s"),
    };
}
