using Seatrial.Engine.Compose;
using Seatrial.Engine.Measurements;
using Seatrial.Engine.Measurements.Bottlenecks;
using Seatrial.Engine.Specs;

namespace Seatrial.Engine.Tuning;

/// <summary>Which proposals of a run are tried, and what becomes of the others.</summary>
public sealed record TuningChoice
{
    /// <summary>How many are tried.</summary>
    public const int Most = 2;

    /// <summary>What held a run up that was over sooner is not known: work has to wait for seconds on end.</summary>
    public const int LeastSeconds = 8;

    /// <summary>The best first.</summary>
    public required IReadOnlyList<TriedProposal> Tried { get; init; }

    public required IReadOnlyList<UntriedProposal> Untried { get; init; }

    /// <summary>What no setting mends: code or schema must change.</summary>
    public required IReadOnlyList<Bottleneck> Unmended { get; init; }

    /// <summary>Why what was not proposed may have been needed all the same; null where the run showed
    /// enough.</summary>
    public required string? Unseen { get; init; }

    /// <summary>Of what a run showed in so many seconds; the best that can be had in this system.</summary>
    public static TuningChoice Of(PerformanceReport report, int seconds, ComposeProject project, SystemSpec spec)
    {
        var (tried, untried) = (new List<TriedProposal>(), new List<UntriedProposal>());
        foreach (var proposal in report.Proposals)
        {
            switch (ResourceChanges.Apply(project, spec, proposal.Change))
            {
                case AppliedChange.Refused refused:
                    untried.Add(new UntriedProposal(proposal, refused.Because));
                    break;
                case AppliedChange.Changed changed when tried.Count < Most:
                    tried.Add(new TriedProposal(proposal, changed));
                    break;
                case AppliedChange.Changed:
                    untried.Add(new UntriedProposal(proposal, $"the best {Most} are tried; keep one of them, and run it again"));
                    break;
            }
        }

        return new TuningChoice
        {
            Tried = tried,
            Untried = untried,
            Unmended = [.. report.Bottlenecks.Where(cause => cause.Change is null)],
            Unseen = report.Gaps is [var gap, ..] ? gap
                : seconds < LeastSeconds ? $"The run was over in {seconds} s, and takes {LeastSeconds} to show what holds "
                    + "the system up: give it more --records." : null,
        };
    }
}
