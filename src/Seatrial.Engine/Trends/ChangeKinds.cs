namespace Seatrial.Engine.Trends;

/// <summary>From an interval to what is said of it.</summary>
public static class ChangeKinds
{
    /// <summary>The change that counts where nobody says another: 5 %.</summary>
    public const double UsualLeast = 0.05;

    /// <summary>
    /// A change is called only when the interval excludes 1 and the estimate is at least <paramref name="least"/> away
    /// from it: the one without the other is noise, or too small to matter.
    /// </summary>
    public static ChangeKind Of(Interval ratio, bool isCost, double least)
    {
        // As a cost: above 1 is worse.
        var (estimate, low, high) = isCost
            ? (ratio.Estimate, ratio.Low, ratio.High)
            : (1 / ratio.Estimate, 1 / ratio.High, 1 / ratio.Low);
        return (low > 1, high < 1) switch
        {
            (true, _) when estimate >= 1 + least => ChangeKind.Worse,
            (_, true) when estimate <= 1 / (1 + least) => ChangeKind.Better,
            _ when high >= 1 + least && low <= 1 => ChangeKind.Unclear,
            _ => ChangeKind.Same,
        };
    }

    /// <summary>Fail for a regression; unknown where one can't be excluded or nothing could be compared.</summary>
    public static Checks.Verdict Verdict(IReadOnlyList<MetricChange> changes) =>
        changes.Any(change => change.Kind is ChangeKind.Worse) ? Checks.Verdict.Fail
        : changes.All(change => change.Kind is ChangeKind.Missing)
            || changes.Any(change => change.Kind is ChangeKind.Unclear or ChangeKind.Missing) ? Checks.Verdict.Unknown
        : Checks.Verdict.Pass;
}
