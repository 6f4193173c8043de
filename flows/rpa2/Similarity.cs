namespace Rpa2;

/// <summary>
/// Gower's coefficient (J. C. Gower, Biometrics 27, 1971): the mean over the fields that both have; a number counts by
/// its distance in parts of the field's range, a label by being the same. Missing values need no guess.
/// </summary>
internal static class Similarity
{
    private const double YearRange = 14;
    private const double AgeRange = 71;
    private const double IncomeRange = 25_000;
    private const double LeanRange = 6;

    /// <summary>0 to 1; 0 when there is nothing to compare.</summary>
    public static double Of(Profile one, Profile other)
    {
        var sum = 0.0;
        var fields = 0;
        Add(one.Year, other.Year, YearRange, ref sum, ref fields);
        Add(one.Age, other.Age, AgeRange, ref sum, ref fields);
        Add(one.Income, other.Income, IncomeRange, ref sum, ref fields);
        Add(one.Lean, other.Lean, LeanRange, ref sum, ref fields);
        Add(one.Marital, other.Marital, ref sum, ref fields);
        Add(one.Race, other.Race, ref sum, ref fields);
        Add(one.Religion, other.Religion, ref sum, ref fields);
        return fields == 0 ? 0 : sum / fields;
    }

    private static void Add(double one, double other, double range, ref double sum, ref int fields)
    {
        var distance = Math.Abs(one - other);
        if (!double.IsNaN(distance))
        {
            sum += Math.Max(0, 1 - (distance / range));
            fields++;
        }
    }

    private static void Add(string one, string other, ref double sum, ref int fields)
    {
        if (one.Length > 0 && other.Length > 0)
        {
            sum += string.Equals(one, other, StringComparison.Ordinal) ? 1 : 0;
            fields++;
        }
    }
}
