using Seatrial.Engine.Thresholds;
using Seatrial.Engine.Workloads;

namespace Seatrial.Engine.Specs;

/// <summary>The performance suite of this system: an open load, what it has to hold, and the search for the most that
/// it can.</summary>
public sealed record PerformanceSpec
{
    /// <summary>The name of the phase before those of the load.</summary>
    public const string WarmUpPhase = "warm-up";

    /// <summary>Where records come in over HTTP; null where they go straight into the first queue.</summary>
    public ServiceEndpoint? Entrance { get; init; }

    /// <summary>Of the Compose file, beside those that are on.</summary>
    public IReadOnlyList<string> Profiles { get; init; } = [];

    /// <summary>How long the first rate is kept before anything counts.</summary>
    public TimeSpan WarmUp { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>In their order; their names differ.</summary>
    public IReadOnlyList<LoadPhase> Load { get; init; } =
        [new("steady", new LoadShape.Constant(100), TimeSpan.FromSeconds(20))];

    /// <summary>What the run has to hold.</summary>
    public IReadOnlyList<Threshold> Thresholds { get; init; } = [];

    /// <summary>How the highest rate is looked for.</summary>
    public CapacityLimits Search { get; init; } = new(100, 20_000, TimeSpan.FromSeconds(4), 8, 0.1);

    /// <summary>What a rate has to hold to count, beside a backlog that does not grow.</summary>
    public IReadOnlyList<Threshold> Objectives { get; init; } = UsualObjectives;

    private static IReadOnlyList<Threshold> UsualObjectives { get; } =
    [
        .. new[] { "latency.p99 < 1s", "errors == 0" }
            .Select(text => ThresholdParser.Parse(
                text, new ThresholdScope { Sources = [ThresholdSource.Load] }).Threshold)
            .OfType<Threshold>(),
    ];
}
