namespace Rpa1;

/// <summary>
/// An answer that can be counted with. A member that is null has its reason in <see cref="Missing"/>.
/// </summary>
internal sealed record CleanAnswer
{
    public required int Year { get; init; }

    public string? Marital { get; init; }

    /// <summary>Years; 89 stands for 89 and above.</summary>
    public int? Age { get; init; }

    public string? Race { get; init; }

    /// <summary>US dollars a year.</summary>
    public int? IncomeLow { get; init; }

    /// <summary>US dollars a year; null without a missing income is "or more".</summary>
    public int? IncomeHigh { get; init; }

    public string? Party { get; init; }

    /// <summary>From -3 (strong democrat) over 0 (independent) to 3 (strong republican).</summary>
    public int? Lean { get; init; }

    public string? Religion { get; init; }

    public string? Denomination { get; init; }

    /// <summary>Known even where the branch is not: <c>baptist</c> of "Baptist-dk which".</summary>
    public string? DenominationFamily { get; init; }

    /// <summary>Hours a day.</summary>
    public int? TvHours { get; init; }

    /// <summary>By field, why it is empty: one of <see cref="MissingReasons"/>.</summary>
    public required IReadOnlyDictionary<string, string> Missing { get; init; }

    /// <summary>What to keep in mind about values that are there: one of <see cref="Flags"/>.</summary>
    public required IReadOnlyList<string> Flags { get; init; }
}
