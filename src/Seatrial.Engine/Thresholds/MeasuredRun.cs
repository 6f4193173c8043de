using Seatrial.Engine.Measurements;
using Seatrial.Engine.Measurements.Latencies;
using Seatrial.Engine.Recovery;
using Seatrial.Engine.Trends;
using Seatrial.Engine.Workloads;

namespace Seatrial.Engine.Thresholds;

/// <summary>What a run showed, that thresholds are held against.</summary>
public sealed record MeasuredRun
{
    /// <summary>Of an open load.</summary>
    public IReadOnlyList<MeasuredPhase> Phases { get; init; } = [];

    /// <summary>What the search for the highest rate came to; null where there was none.</summary>
    public CapacityResult? Capacity { get; init; }

    /// <summary>What each fault cost.</summary>
    public IReadOnlyList<FaultFigures> Recovery { get; init; } = [];

    /// <summary>What containers and database used; null where nothing was watched.</summary>
    public PerformanceEvidence? Evidence { get; init; }

    /// <summary>What runs are compared by.</summary>
    public RunMeasurements Measurements { get; init; } = RunMeasurements.None;

    /// <summary>The good runs before it; null where there was none.</summary>
    public Baseline? Baseline { get; init; }

    /// <summary>Whether it was ended before its end, so that what it missed it might have reached.</summary>
    public bool IsPart { get; init; }
}
