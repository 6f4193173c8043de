namespace Seatrial.Engine.Trends;

/// <summary>A metric of a run.</summary>
/// <param name="Name">As <see cref="MetricName"/> writes it.</param>
/// <param name="Value">Records a second, seconds, or a part from 0 to 1.</param>
/// <param name="Count">The records that it is from.</param>
public sealed record RunMetric(string Name, double Value, long Count);

/// <summary>What a run is compared by.</summary>
public sealed record RunMeasurements
{
    /// <summary>Of a run that nothing is known of.</summary>
    public static RunMeasurements None { get; } = new() { Metrics = [], Stages = [] };

    public required IReadOnlyList<RunMetric> Metrics { get; init; }

    /// <summary>What they are from, second by second; empty where that was not kept.</summary>
    public required IReadOnlyList<StageSeconds> Stages { get; init; }
}
