using Seatrial.Engine.Checks;
using Seatrial.Engine.Faults;
using Seatrial.Engine.Runs;

namespace Seatrial.Suites.Distributed;

/// <summary>How a trial went, before anybody has judged it.</summary>
public sealed record TrialOutcome
{
    /// <summary>What an interruption by the user is called.</summary>
    public const string Interrupted = "it was interrupted";

    public required DateTimeOffset LoadStartedAt { get; init; }

    /// <summary>Why it ended before everything was done; null when everything was.</summary>
    public required string? StoppedBecause { get; init; }

    public required DrainOutcome Drain { get; init; }

    public required IReadOnlyList<FaultRecord> Faults { get; init; }

    public required IReadOnlyList<Casualty> Casualties { get; init; }

    /// <summary>The workers that there were, by container and owner.</summary>
    public required IReadOnlyList<WorkerLife> Workers { get; init; }
}
