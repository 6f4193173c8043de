using Seatrial.Engine.Checks;
using Seatrial.Engine.Runs;
using Seatrial.Engine.Workloads;

namespace Seatrial.Suites.Performance;

/// <summary>Whether a load over HTTP was taken in by the system's entrance, late or not.</summary>
internal static class EntranceCheck
{
    public static CheckResult Of(EntranceAnswers seen) => new()
    {
        Id = "entrance",
        Title = "The entrance took in what was sent",
        Verdict = seen.Refused > 0 ? Verdict.Fail
            : seen.Unknown > 0 || seen.Taken == 0 ? Verdict.Unknown : Verdict.Pass,
        Count = (int)Math.Min(int.MaxValue, seen.Refused + seen.Unknown),
        Summary = Refusals(seen) + $"{seen.Entrance} took {Figures.Count(seen.Taken, "record")} in, "
            + $"{Figures.Count(seen.Later, "answer")} of \"later\" (429), {Figures.Count(seen.Unavailable)} of "
            + "\"unavailable\" (503), "
            + $"{Figures.Count(seen.Unanswered, "request")} sent again for want of an answer.",
        Findings = [],
    };

    private static string Refusals(EntranceAnswers seen) => (seen.Refused, seen.Unknown) switch
    {
        (0, 0) => "",
        ( > 0, 0) => $"{Figures.Count(seen.Refused, "record")} refused: {seen.Reason}. ",
        (0, _) => $"{Figures.Count(seen.Unknown, "record")} without an answer: {seen.Reason}. ",
        _ => $"{Figures.Count(seen.Refused, "record")} refused, {Figures.Count(seen.Unknown)} without an answer: "
            + $"{seen.Reason}. ",
    };
}
