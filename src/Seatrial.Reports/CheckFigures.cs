using Seatrial.Engine.Checks;
using Seatrial.Engine.Runs;

namespace Seatrial.Reports;

/// <summary>A check's count as reports show it.</summary>
internal static class CheckFigures
{
    /// <summary>Where nothing could be judged, 0 would read as an all-clear.</summary>
    public static string Offences(CheckResult check) =>
        check is { Verdict: Verdict.Unknown, Count: 0 } ? "–" : Figures.Count(check.Count);
}
