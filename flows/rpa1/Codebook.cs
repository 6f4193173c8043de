namespace Rpa1;

/// <summary>
/// The labels that the survey uses, and what they mean. A label that is not here is an error of the sender.
/// </summary>
internal static class Codebook
{
    public const int FirstYear = 1972;
    public const int LastYear = 2100;
    public const int LeastAge = 18;
    public const int TopAge = 89;
    public const int HoursOfADay = 24;
    public const int PlausibleTvHours = 18;

    public static readonly IReadOnlySet<string> Marital =
        new HashSet<string> { "Never married", "Married", "Separated", "Divorced", "Widowed" };

    public static readonly IReadOnlySet<string> Race = new HashSet<string> { "White", "Black", "Other" };

    public static readonly IReadOnlySet<string> Religion = new HashSet<string>
    {
        "Protestant", "Catholic", "Jewish", "None", "Other", "Buddhism", "Hinduism", "Other eastern", "Moslem/islam",
        "Orthodox-christian", "Christian", "Native american", "Inter-nondenominational",
    };

    /// <summary>Party to lean; a party beside the two has none.</summary>
    public static readonly IReadOnlyDictionary<string, int?> Lean = new Dictionary<string, int?>
    {
        ["Strong democrat"] = -3,
        ["Not str democrat"] = -2,
        ["Ind,near dem"] = -1,
        ["Independent"] = 0,
        ["Ind,near rep"] = 1,
        ["Not str republican"] = 2,
        ["Strong republican"] = 3,
        ["Other party"] = null,
    };

    /// <summary>Income label to bounds in US dollars, both included; the last is open.</summary>
    public static readonly IReadOnlyDictionary<string, (int Low, int? High)> Income =
        new Dictionary<string, (int, int?)>
        {
            ["Lt $1000"] = (0, 999),
            ["$1000 to 2999"] = (1000, 2999),
            ["$3000 to 3999"] = (3000, 3999),
            ["$4000 to 4999"] = (4000, 4999),
            ["$5000 to 5999"] = (5000, 5999),
            ["$6000 to 6999"] = (6000, 6999),
            ["$7000 to 7999"] = (7000, 7999),
            ["$8000 to 9999"] = (8000, 9999),
            ["$10000 - 14999"] = (10000, 14999),
            ["$15000 - 19999"] = (15000, 19999),
            ["$20000 - 24999"] = (20000, 24999),
            ["$25000 or more"] = (25000, null),
        };

    /// <summary>Denomination to family.</summary>
    public static readonly IReadOnlyDictionary<string, string> Denomination = new Dictionary<string, string>
    {
        ["Southern baptist"] = "baptist",
        ["Am baptist asso"] = "baptist",
        ["Am bapt ch in usa"] = "baptist",
        ["Nat bapt conv of am"] = "baptist",
        ["Nat bapt conv usa"] = "baptist",
        ["Other baptists"] = "baptist",
        ["United methodist"] = "methodist",
        ["Afr meth episcopal"] = "methodist",
        ["Afr meth ep zion"] = "methodist",
        ["Other methodist"] = "methodist",
        ["Lutheran-mo synod"] = "lutheran",
        ["Am lutheran"] = "lutheran",
        ["Evangelical luth"] = "lutheran",
        ["Luth ch in america"] = "lutheran",
        ["Wi evan luth synod"] = "lutheran",
        ["Other lutheran"] = "lutheran",
        ["United pres ch in us"] = "presbyterian",
        ["Presbyterian c in us"] = "presbyterian",
        ["Presbyterian, merged"] = "presbyterian",
        ["Other presbyterian"] = "presbyterian",
        ["Episcopal"] = "episcopal",
        ["No denomination"] = "none",
        ["Other"] = "other",
    };

    /// <summary>"Don't know which", cut off in one label: the family is known, the branch is not.</summary>
    public static readonly IReadOnlyDictionary<string, string> FamilyAlone = new Dictionary<string, string>
    {
        ["Baptist-dk which"] = "baptist",
        ["Methodist-dk which"] = "methodist",
        ["Lutheran-dk which"] = "lutheran",
        ["Presbyterian-dk wh"] = "presbyterian",
    };
}
