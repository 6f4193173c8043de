namespace Rpa1;

/// <summary>Why there is no value. They are not the same: who was not asked differs from who would not say.</summary>
internal static class MissingReasons
{
    public const string NotRecorded = "not_recorded";
    public const string NotApplicable = "not_applicable";
    public const string NoAnswer = "no_answer";
    public const string DontKnow = "dont_know";
    public const string Refused = "refused";

    /// <summary>From the survey's label; null when the label is a value.</summary>
    public static string? Of(string label) => label switch
    {
        "NA" => NotRecorded,
        "Not applicable" => NotApplicable,
        "No answer" => NoAnswer,
        "Don't know" => DontKnow,
        "Refused" => Refused,
        _ => null,
    };
}
