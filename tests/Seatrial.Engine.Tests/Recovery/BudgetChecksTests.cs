using Seatrial.Engine.Checks;
using Seatrial.Engine.Recovery;

namespace Seatrial.Engine.Tests.Recovery;

public sealed class BudgetChecksTests
{
    [Fact]
    public void A_budget_that_is_exceeded_fails_with_the_figure()
    {
        var check = Check(
            Measure.Recover, Figure(Measure.Recover, 12.5, "partition"), Figure(Measure.Recover, 1, "kill"));

        Assert.Equal((Verdict.Fail, 1L), (check.Verdict, check.Count));
        Assert.Equal(
            "1 over budget; 2 faults showed it, the worst 12.50 s (partition); the budget is 10 s.", check.Summary);
        Assert.Equal(
            ("partition", "It was 12.50 s with a budget of 10 s: seen."),
            (check.Findings[0].Record, check.Findings[0].Story));
    }

    [Fact]
    public void A_kinds_own_budget_goes_before_that_of_all()
    {
        var own = new Budget { Measure = Measure.Recover, Fault = "kill", Most = 1, Asked = true };

        Assert.Equal(Verdict.Fail, Judged(Figure(Measure.Recover, 2, "kill"), own).Verdict);
        Assert.Equal(Verdict.Pass, Judged(Figure(Measure.Recover, 2, "pause"), own).Verdict);
        Assert.EndsWith(
            "the worst 2.00 s (kill); the budget is 1 s.",
            Check(Measure.Recover, [own], Figure(Measure.Recover, 2, "kill"), Figure(Measure.Recover, 2, "pause"))
                .Summary,
            StringComparison.Ordinal);
    }

    [Fact]
    public void What_nothing_showed_is_unknown_where_it_was_asked_for_and_good_where_it_was_not()
    {
        var asked = new Budget { Measure = Measure.Detect, Most = 5, Asked = true };
        var ofKill = asked with { Fault = "kill" };

        Assert.Equal(Verdict.Pass, Check(Measure.Detect, Figure(Measure.Detect, null, "kill")).Verdict);
        Assert.Equal(Verdict.Unknown, Check(Measure.Detect, [asked], Figure(Measure.Detect, null, "kill")).Verdict);
        Assert.Equal(Verdict.Unknown, Check(Measure.Detect, [ofKill], Figure(Measure.Detect, null, "kill")).Verdict);
        Assert.Equal(Verdict.Pass, Check(
            Measure.Detect, [asked], Figure(Measure.Detect, null, "kill"), Figure(Measure.Detect, 1, "pause")).Verdict);
    }

    [Fact]
    public void What_was_not_over_is_unknown_within_its_budget_and_fails_above()
    {
        Assert.Equal(Verdict.Unknown, Judged(Open(3)).Verdict);
        Assert.Equal(Verdict.Fail, Judged(Open(31)).Verdict);
    }

    [Fact]
    public void Above_a_lease_that_nobody_knows_nothing_can_be_told()
    {
        var asked = new Budget { Measure = Measure.Reclaim, Most = 2, AboveLease = true, Asked = true };

        Assert.Equal(Verdict.Unknown, Judged(Figure(Measure.Reclaim, 3, "kill"), asked).Verdict);
        Assert.Null(Judged(Figure(Measure.Reclaim, 3, "kill")).Verdict);
    }

    [Fact]
    public void Waste_is_judged_over_the_whole_run()
    {
        Assert.Equal(Verdict.Pass, Waste(wasted: 2).Verdict);
        var over = Waste(wasted: 3);
        Assert.Equal(Verdict.Fail, over.Verdict);
        Assert.Equal("1 over budget; 3 % (the whole run); the budget is 2 %.", over.Summary);
    }

    private static CheckResult Waste(long wasted) => BudgetChecks.Of([], Totals(wasted), UsualBudgets.All)
        .Single(check => check.Id == "waste");

    private static CheckResult Check(Measure measure, params (string Kind, Figure Figure)[] figures) =>
        Check(measure, [], figures);

    private static CheckResult Check(
        Measure measure, IReadOnlyList<Budget> asked, params (string Kind, Figure Figure)[] figures)
    {
        var budgets = UsualBudgets.With(asked);
        return BudgetChecks.Of(
            [.. figures.Select(one => new FaultFigures(one.Kind, [BudgetRules.Judged(one.Figure, one.Kind, budgets)]))],
            Totals(0),
            budgets).Single(check => check.Id == Measures.Key(measure));
    }

    private static Figure Judged((string Kind, Figure Figure) one, params Budget[] asked) =>
        BudgetRules.Judged(one.Figure, one.Kind, UsualBudgets.With(asked));

    private static (string Kind, Figure Figure) Figure(Measure measure, double? value, string kind) =>
        (kind, new Figure { Measure = measure, Value = value, Seen = "seen" });

    private static (string Kind, Figure Figure) Open(double value) =>
        ("kill", new Figure { Measure = Measure.Drain, Value = value, IsOpen = true });

    private static JudgementTotals Totals(long wasted) => new(0, 100, 0, wasted, 0, 0, 0);
}
