namespace Seatrial.Engine.Measurements.Bottlenecks;

/// <summary>What holds a system up, as far as its figures show.</summary>
public sealed record Bottleneck
{
    /// <summary>The rule that saw it, e.g. <c>cpu-limit</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Where: a container, a table, a statement.</summary>
    public required string Where { get; init; }

    /// <summary>In one sentence.</summary>
    public required string Summary { get; init; }

    public required IReadOnlyList<EvidenceFigure> Evidence { get; init; }

    /// <summary>From 0 to 1: how far the figures are from what is usual, and from how many looks they come.</summary>
    public required double Confidence { get; init; }

    /// <summary>What to do.</summary>
    public required string Recommendation { get; init; }

    /// <summary>What it would bring at most, by these figures.</summary>
    public required string ExpectedGain { get; init; }

    /// <summary>The same as how many times the records; null where the figures do not say.</summary>
    public double? Gain { get; init; }

    /// <summary>How to see that it did.</summary>
    public required string Verify { get; init; }

    /// <summary>The setting to change; null where it is code that must change.</summary>
    public ResourceChange? Change { get; init; }
}

/// <summary>A figure that speaks for a cause.</summary>
/// <param name="Series">Of what.</param>
/// <param name="Value">As people read it.</param>
/// <param name="Usual">What would be no sign; null where there is no such bound.</param>
public sealed record EvidenceFigure(string Series, string Value, string? Usual = null);
