namespace Seatrial.Engine.Trends;

/// <summary>From an interval to what is said of it.</summary>
public static class ChangeKinds
{
    /// <summary>The change that counts where nobody says another: 5 %.</summary>
    public const double UsualLeast = 0.05;

    /// <summary>
    /// A change is called only when the whole interval is at least <paramref name="least"/> away from 1, and none only
    /// when the whole interval stays below a worsening by so much (a test of a minimum effect, and one of
    /// non-inferiority: Wellek, Testing Statistical Hypotheses of Equivalence and Noninferiority, 2010).
    /// </summary>
    public static ChangeKind Of(Interval ratio, bool isCost, double least)
    {
        // As a cost: above 1 is worse.
        var (low, high) = isCost ? (ratio.Low, ratio.High) : (1 / ratio.High, 1 / ratio.Low);
        return low >= 1 + least ? ChangeKind.Worse
            : high <= 1 / (1 + least) ? ChangeKind.Better
            : high < 1 + least ? ChangeKind.Same
            : ChangeKind.Unclear;
    }

    /// <summary>Fail for a regression; unknown where one can't be excluded or nothing could be compared.</summary>
    public static Checks.Verdict Verdict(IReadOnlyList<MetricChange> changes) =>
        changes.Any(change => change.Kind is ChangeKind.Worse) ? Checks.Verdict.Fail
        : changes.All(change => change.Kind is ChangeKind.Missing)
            || changes.Any(change => change.Kind is ChangeKind.Unclear or ChangeKind.Missing) ? Checks.Verdict.Unknown
        : Checks.Verdict.Pass;
}
