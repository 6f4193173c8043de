namespace Seatrial.Wire;

/// <summary>What a container answers on <c>/health</c>.</summary>
public sealed record HealthReport
{
    /// <summary>The worst of the checks.</summary>
    public required string Status { get; init; }

    public required string Flow { get; init; }

    /// <summary>The name under which this process owns records.</summary>
    public required string Owner { get; init; }

    /// <summary>By name: <c>database</c>, <c>application</c>, <c>resources</c>, <c>services</c> and others.</summary>
    public required IReadOnlyDictionary<string, HealthStatus> Checks { get; init; }

    public required ResourceStatus Resources { get; init; }
}
