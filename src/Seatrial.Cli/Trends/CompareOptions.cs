using Seatrial.Engine.Trends;

namespace Seatrial.Cli.Trends;

/// <summary>What the command line asked of a comparison.</summary>
internal sealed record CompareOptions
{
    public required IReadOnlyList<MetricName> Names { get; init; }

    /// <summary>Whether they were named, so that one that no run has is told rather than left out.</summary>
    public required bool IsChosen { get; init; }

    /// <summary>The change that counts.</summary>
    public required double Least { get; init; }

    public required bool IsJson { get; init; }
}
