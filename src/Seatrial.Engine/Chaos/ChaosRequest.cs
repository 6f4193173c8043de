namespace Seatrial.Engine.Chaos;

/// <summary>How much is broken at once.</summary>
public enum ChaosIntensity
{
    /// <summary>One fault after the other.</summary>
    Low,

    /// <summary>A few, some at the same time.</summary>
    Medium,

    /// <summary>As many as a round can take.</summary>
    High,
}

/// <summary>What a random schedule is made of.</summary>
public sealed record ChaosRequest
{
    public required ulong Seed { get; init; }

    /// <summary>How long all rounds take together, quiet periods included as far as they can be foreseen.</summary>
    public required TimeSpan For { get; init; }

    public ChaosIntensity Intensity { get; init; } = ChaosIntensity.Medium;
}
