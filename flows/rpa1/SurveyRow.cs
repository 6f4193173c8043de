namespace Rpa1;

/// <summary>A row of the survey as it came in: text, as the file has it. Null is a column that is not there.</summary>
internal sealed record SurveyRow
{
    public string? Year { get; init; }

    public string? Marital { get; init; }

    public string? Age { get; init; }

    public string? Race { get; init; }

    public string? Rincome { get; init; }

    public string? Partyid { get; init; }

    public string? Relig { get; init; }

    public string? Denom { get; init; }

    public string? Tvhours { get; init; }
}
