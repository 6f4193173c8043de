namespace Seatrial.Engine.Measurements.Bottlenecks;

/// <summary>A setting to try, and why.</summary>
/// <param name="Change">What.</param>
/// <param name="Reason">By which figures.</param>
/// <param name="Verify">How to see that it did any good.</param>
public sealed record ResourceProposal(ResourceChange Change, string Reason, string Verify)
{
    /// <summary>The cause that it works against; null where it is for what was hardly used, or nearly used up.
    /// </summary>
    public string? Cause { get; init; }

    /// <summary>How sure that cause is, from 0 to 1; 0 without one.</summary>
    public double Confidence { get; init; }

    /// <summary>What it would bring at most, by these figures.</summary>
    public string ExpectedGain { get; init; } = "";

    /// <summary>The same as how many times the records; null where the figures do not say.</summary>
    public double? Gain { get; init; }
}
