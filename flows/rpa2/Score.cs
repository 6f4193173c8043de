namespace Rpa2;

/// <summary>How much television a person like this watches, and how usual this answer is.</summary>
internal sealed record Score
{
    /// <summary>Hours a day of the nearest peers, weighted by their similarity.</summary>
    public required decimal ExpectedTvHours { get; init; }

    /// <summary>Nine of ten bootstrap samples of the peers lie between this and <see cref="High"/>.</summary>
    public required decimal Low { get; init; }

    public required decimal High { get; init; }

    /// <summary>The answer less the expectation; null when the hours are missing.</summary>
    public decimal? Deviation { get; init; }

    /// <summary>Mean similarity to the nearest peers, 0 to 1: low for unusual answers.</summary>
    public required decimal Typicality { get; init; }

    /// <summary>On how many of the seven fields the answer could be compared.</summary>
    public required int ComparedOn { get; init; }
}

/// <summary>What rpa3 needs of a scored answer.</summary>
internal sealed record ScoredAnswer
{
    public required int Year { get; init; }

    public string? Marital { get; init; }

    public int? TvHours { get; init; }

    public required decimal ExpectedTvHours { get; init; }

    public required decimal Typicality { get; init; }
}
