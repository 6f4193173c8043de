namespace Seatrial.Engine.Thresholds;

/// <summary>What can be measured where a threshold is written, and the names that its tags may have.</summary>
public sealed record ThresholdScope
{
    /// <summary>What is measured there.</summary>
    public required IReadOnlyCollection<ThresholdSource> Sources { get; init; }

    /// <summary>Whether it is looked at while the load goes on, when throughput, backlog and capacity are not
    /// known.</summary>
    public bool IsLive { get; init; }

    /// <summary>Of the load.</summary>
    public IReadOnlyCollection<string> Phases { get; init; } = [];

    /// <summary>Of the way that records take.</summary>
    public IReadOnlyCollection<string> Stages { get; init; } = [];

    /// <summary>Kinds of faults.</summary>
    public IReadOnlyCollection<string> Faults { get; init; } = [];

    /// <summary>Whether a metric is measured here.</summary>
    public bool Has(ThresholdMetric metric) => Sources.Contains(metric.Source) && (metric.IsLive || !IsLive);

    /// <summary>The names that a tag may have here.</summary>
    public IReadOnlyCollection<string> NamesOf(string tag) => tag switch
    {
        ThresholdMetric.Phase => Phases,
        ThresholdMetric.Stage => Stages,
        _ => Faults,
    };
}
