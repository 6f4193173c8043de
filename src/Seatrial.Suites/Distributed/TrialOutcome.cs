using Seatrial.Engine.Checks;
using Seatrial.Engine.Faults;
using Seatrial.Engine.Measurements.Latencies;
using Seatrial.Engine.Plans;
using Seatrial.Engine.Recovery;
using Seatrial.Engine.Runs;
using Seatrial.Engine.Workloads;

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

    /// <summary>Kinds that were to be tried and can't be had here.</summary>
    public IReadOnlyList<MissingFault> MissingFaults { get; init; } = [];

    /// <summary>The database's clients that died.</summary>
    public IReadOnlyList<DeadClient> DeadClients { get; init; } = [];

    /// <summary>The phases of an open load; empty without one.</summary>
    public IReadOnlyList<PhaseSpan> Phases { get; init; } = [];

    /// <summary>As the facts have it.</summary>
    public TimeSpan? ClockSkew { get; init; }

    /// <summary>What the search for the highest rate came to; null where there was none.</summary>
    public CapacityResult? Capacity { get; init; }

    /// <summary>What the system's HTTP entrance answered to the load; null where it went straight into a
    /// queue.</summary>
    public EntranceAnswers? Entrance { get; init; }

    /// <summary>Keys of records that were wrong on purpose.</summary>
    public IReadOnlyList<string> ToBeGivenUp { get; init; } = [];

    public required IReadOnlyList<Casualty> Casualties { get; init; }

    /// <summary>The workers that there were, by container and owner.</summary>
    public required IReadOnlyList<WorkerLife> Workers { get; init; }
}
