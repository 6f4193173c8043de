using Seatrial.Engine.Measurements.Latencies;
using Seatrial.Engine.Recovery;
using Seatrial.Engine.Runs;

namespace Seatrial.Engine.Checks;

/// <summary>What the log says of a trial.</summary>
public sealed record Judgement
{
    /// <summary>Fail over Unknown over Pass of all checks.</summary>
    public required Verdict Verdict { get; init; }

    public required IReadOnlyList<CheckResult> Checks { get; init; }

    /// <summary>By stage.</summary>
    public required IReadOnlyList<QueueSummary> Queues { get; init; }

    public required IReadOnlyList<WorkerShare> Workers { get; init; }

    public required IReadOnlyList<QueueSeries> Series { get; init; }

    public required JudgementTotals Totals { get; init; }

    /// <summary>When what happened.</summary>
    public required Timeline Timeline { get; init; }

    /// <summary>What was measured in each phase of an open load; empty without one.</summary>
    public IReadOnlyList<MeasuredPhase> Phases { get; init; } = [];
}

/// <summary>Figures that are no failures.</summary>
/// <param name="Events">Events that were judged.</param>
/// <param name="Records">Records that the log saw come.</param>
/// <param name="Redelivered">Records that were claimed more than once and still have one effect: waste, not a
/// failure.</param>
/// <param name="WastedClaims">Claims beyond the first of each record.</param>
/// <param name="Takeovers">Claims of a record whose holder's lease was over.</param>
/// <param name="LateCompletions">Completions after the lease's end that nobody else had claimed meanwhile.</param>
/// <param name="Recovered">Records whose insert the client never heard of again, and which are there.</param>
public sealed record JudgementTotals(
    long Events, long Records, long Redelivered, long WastedClaims, long Takeovers, long LateCompletions,
        long Recovered);
