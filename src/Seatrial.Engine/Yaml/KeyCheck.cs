using Seatrial.Engine.Text;

namespace Seatrial.Engine.Yaml;

/// <summary>Tells every key that is unknown, and every key that is known but not honoured.</summary>
internal static class KeyCheck
{
    // A list of more keys than this is no help on a screen.
    private const int LongestList = 12;

    /// <summary>Checks a value and all below it; <paramref name="language"/> is whose keys they are.</summary>
    public static void Check(Field field, KeyShape shape, string language)
    {
        if (field.IsList)
        {
            foreach (var item in field.Items())
            {
                Check(item, shape, language);
            }
        }

        if (!field.IsMap)
        {
            return;
        }

        foreach (var (key, value) in field.Entries())
        {
            if (shape.Each is not null)
            {
                Check(value, shape.Each, language);
            }
            else if (shape.Honoured.TryGetValue(key, out var inner))
            {
                if (inner is not null)
                {
                    Check(value, inner, language);
                }
            }
            else if (!key.StartsWith("x-", StringComparison.Ordinal))
            {
                Tell(key, value, shape, language);
            }
        }
    }

    private static void Tell(string key, Field value, KeyShape shape, string language)
    {
        if (shape.Unhonoured.TryGetValue(key, out var inner))
        {
            value.Problems.Add(
                value.KeyAt, Severity.Warning, $"{value.Path} is not honoured.",
                $"Remove {key}, or do not count on it: Seatrial runs the system without it.");
            if (inner is not null)
            {
                Check(value, inner, language);
            }

            return;
        }

        string[] known = [.. shape.Honoured.Keys, .. shape.Unhonoured.Keys];
        var list = known.Length <= LongestList ? $" Its keys are {string.Join(", ", known)}." : "";
        value.Problems.Add(
            value.KeyAt, Severity.Error, $"{value.Path} is not a key of {language}.",
            $"{Suggestions.DidYouMean(key, known)}Mend or remove it; a key of your own begins with x-.{list}");
    }
}
