namespace Rpa2;

/// <summary>What scoring reads of an answer that rpa1 has cleaned.</summary>
internal sealed record CleanAnswer
{
    public required int Year { get; init; }

    public string? Marital { get; init; }

    public int? Age { get; init; }

    public string? Race { get; init; }

    public int? IncomeLow { get; init; }

    public int? Lean { get; init; }

    public string? Religion { get; init; }

    public int? TvHours { get; init; }
}
