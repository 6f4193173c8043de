namespace Seatrial.Engine.Recovery;

/// <summary>The budgets of a system that says nothing.</summary>
public static class UsualBudgets
{
    public static IReadOnlyList<Budget> All { get; } =
    [
        // Who dies in silence shows when his lease ends, and not before.
        new() { Measure = Measure.Detect, Most = 2, AboveLease = true },
        new() { Measure = Measure.Recover, Most = 10 },
        new() { Measure = Measure.Drain, Most = 30 },
        new() { Measure = Measure.Reclaim, Most = 2, AboveLease = true },
        new() { Measure = Measure.Waste, Most = 0.02 },
        new() { Measure = Measure.LockHeld, Most = 10 },
        new() { Measure = Measure.Processor, Most = 0.25 },
    ];

    /// <summary>With others instead, measure by measure and kind by kind.</summary>
    public static IReadOnlyList<Budget> With(IReadOnlyList<Budget> asked) =>
    [
        .. All.Where(usual => !asked.Any(one => one.Measure == usual.Measure && one.Fault == usual.Fault)),
        .. asked,
    ];
}
