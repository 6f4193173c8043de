using System.Globalization;

namespace Rpa1;

/// <summary>
/// Decides for each value of an answer what becomes of it: a value, a reason why there is none, or an error. The order
/// of the decisions and their counts over the whole survey are in docs/flows.md.
/// </summary>
internal sealed class Cleaning
{
    private readonly Dictionary<string, string> _missing = [];
    private readonly List<string> _flags = [];
    private readonly List<string> _errors = [];

    private Cleaning()
    {
    }

    /// <summary>The clean answer, or every error of the row.</summary>
    public static (CleanAnswer? Answer, IReadOnlyList<string> Errors) Clean(SurveyRow row)
    {
        var cleaning = new Cleaning();
        var answer = cleaning.Read(row);
        return cleaning._errors.Count == 0 ? (answer, []) : (null, cleaning._errors);
    }

    private CleanAnswer Read(SurveyRow row)
    {
        var year = Number("year", row.Year, Codebook.FirstYear, Codebook.LastYear);
        if (_missing.Remove("year"))
        {
            _errors.Add($"year is '{row.Year}': without it an answer belongs to no survey.");
        }

        var age = Number("age", row.Age, Codebook.LeastAge, Codebook.TopAge);
        FlagIf(age == Codebook.TopAge, Flags.AgeTopCoded);
        var tvHours = Number("tvhours", row.Tvhours, 0, Codebook.HoursOfADay);
        FlagIf(tvHours > Codebook.PlausibleTvHours, Flags.TvHoursDoubtful);
        var income = Label("rincome", row.Rincome, Codebook.Income.ContainsKey);
        var bounds = income is null ? default((int Low, int? High)?) : Codebook.Income[income];
        FlagIf(bounds is { High: null }, Flags.IncomeOpenEnded);
        var party = Label("partyid", row.Partyid, Codebook.Lean.ContainsKey);
        var (denomination, family) = Denomination(row.Denom);
        return new CleanAnswer
        {
            Year = year ?? 0,
            Marital = Label("marital", row.Marital, Codebook.Marital.Contains),
            Age = age,
            Race = Label("race", row.Race, Codebook.Race.Contains),
            IncomeLow = bounds?.Low,
            IncomeHigh = bounds?.High,
            Party = party,
            Lean = party is null ? null : Codebook.Lean[party],
            Religion = Label("relig", row.Relig, Codebook.Religion.Contains),
            Denomination = denomination,
            DenominationFamily = family,
            TvHours = tvHours,
            Missing = _missing,
            Flags = _flags,
        };
    }

    private (string? Denomination, string? Family) Denomination(string? text)
    {
        if (text is not null && Codebook.FamilyAlone.TryGetValue(text, out var family))
        {
            _missing["denom"] = MissingReasons.DontKnow;
            return (null, family);
        }

        var denomination = Label("denom", text, Codebook.Denomination.ContainsKey);
        return (denomination, denomination is null ? null : Codebook.Denomination[denomination]);
    }

    private string? Label(string field, string? text, Predicate<string> isKnown)
    {
        if (!IsThere(field, text, out var value))
        {
            return null;
        }

        if (!isKnown(value))
        {
            _errors.Add($"{field} is '{value}', which is not in the survey's codebook.");
        }

        return isKnown(value) ? value : null;
    }

    private int? Number(string field, string? text, int least, int most)
    {
        if (!IsThere(field, text, out var value))
        {
            return null;
        }

        if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most)
        {
            return number;
        }

        _errors.Add($"{field} is '{value}', not a whole number from {least} to {most}.");
        return null;
    }

    private bool IsThere(string field, string? text, out string value)
    {
        value = text?.Trim() ?? "";
        if (text is null)
        {
            _errors.Add($"{field} is not there.");
        }
        else if (MissingReasons.Of(value) is { } reason)
        {
            _missing[field] = reason;
        }
        else
        {
            return true;
        }

        return false;
    }

    private void FlagIf(bool condition, string flag)
    {
        if (condition)
        {
            _flags.Add(flag);
        }
    }
}
