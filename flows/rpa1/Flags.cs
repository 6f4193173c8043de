namespace Rpa1;

/// <summary>What to keep in mind about a value that is there.</summary>
internal static class Flags
{
    /// <summary>The survey writes 89 for everyone of 89 and above.</summary>
    public const string AgeTopCoded = "age_top_coded";

    /// <summary>"$25000 or more" has no upper bound.</summary>
    public const string IncomeOpenEnded = "income_open_ended";

    /// <summary>More than 18 hours a day leaves too little for sleep; kept as answered.</summary>
    public const string TvHoursDoubtful = "tv_hours_doubtful";
}
