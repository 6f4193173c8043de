using Seatrial.Engine.Histories;
using Seatrial.Engine.Specs;

namespace Seatrial.Engine.Checks;

/// <summary>All that a check concludes from, once the last event was seen.</summary>
internal sealed record Trial
{
    public required RecordMapping Mapping { get; init; }

    public required TrialFacts Facts { get; init; }

    public required RecordTable Records { get; init; }

    public required ClientExpectations Client { get; init; }

    public required Tally Tally { get; init; }

    /// <summary>The history's last line; null when it has none.</summary>
    public required HistoryEnd? End { get; init; }

    /// <summary>Why something may be missing, in the order of discovery.</summary>
    public required IReadOnlyList<string> Gaps { get; init; }

    /// <summary>
    /// The common rule: what was seen stays seen, whatever is missing; a pass needs the whole log, something in it, and
    /// columns that tell.
    /// </summary>
    public CheckOutcome Decide(Offences offences, string fail, string pass, string? cannotTell = null)
    {
        var (verdict, summary) = (offences.Count, Gaps.Count, Tally.Records, cannotTell) switch
        {
            ( > 0, _, _, _) => (Verdict.Fail, fail),
            (_, > 0, _, _) => (Verdict.Unknown, $"Can't be told: {Gaps[0]}."),
            (_, _, 0, _) => (Verdict.Unknown, "Nothing happened: the log holds no record."),
            (_, _, _, not null) => (Verdict.Unknown, cannotTell),
            _ => (Verdict.Pass, pass),
        };
        return new CheckOutcome(verdict, offences.Count, summary, offences.First);
    }
}
