namespace Rpa3;

/// <summary>What rpa2 hands on.</summary>
internal sealed record ScoredAnswer
{
    public required int Year { get; init; }

    public string? Marital { get; init; }

    public int? TvHours { get; init; }

    public required decimal ExpectedTvHours { get; init; }

    public required decimal Typicality { get; init; }
}
