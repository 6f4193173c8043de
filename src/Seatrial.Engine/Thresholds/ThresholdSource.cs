namespace Seatrial.Engine.Thresholds;

/// <summary>What a metric is measured of.</summary>
public enum ThresholdSource
{
    /// <summary>The phases of an open load.</summary>
    Load,

    /// <summary>The faults of the fault suite.</summary>
    Faults,

    /// <summary>What the containers and the database hold on to.</summary>
    Containers,

    /// <summary>This run beside those before it.</summary>
    EarlierRuns,
}
