namespace Seatrial.Engine.Chaos.Shrinking;

/// <summary>How far a schedule is shrunk.</summary>
public sealed record ShrinkOptions
{
    /// <summary>After so long the smallest so far is the result.</summary>
    public TimeSpan Within { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How often a part that fails may be taken for one that does not.</summary>
    public double Doubt { get; init; } = 0.05;

    /// <summary>More runs than this no candidate gets.</summary>
    public int MostRuns { get; init; } = 6;

    /// <summary>How often the failing schedule is run again, to know how often it fails.</summary>
    public int FirstRuns { get; init; } = 3;

    /// <summary>How often the smallest one is run at the end.</summary>
    public int LastRuns { get; init; } = 5;
}

/// <summary>What came of it.</summary>
public sealed record ShrinkResult
{
    public required ChaosSchedule Smallest { get; init; }

    /// <summary>How often the smallest one failed.</summary>
    public required Reproduction Rate { get; init; }

    /// <summary>How many candidates were tried, and in how many runs.</summary>
    public required int Candidates { get; init; }

    public required int Runs { get; init; }

    /// <summary>Why it ended before it was done; null when it was.</summary>
    public required string? StoppedBecause { get; init; }
}
