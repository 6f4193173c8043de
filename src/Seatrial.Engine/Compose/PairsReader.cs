using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Compose;

/// <summary>Keys with values, written as a mapping or as a list of <c>KEY=value</c>.</summary>
internal static class PairsReader
{
    /// <summary>A key without a value has an empty one.</summary>
    public static IReadOnlyDictionary<string, string> Read(Field field) => Read(field, _ => "");

    /// <summary>
    /// A key without a value takes it from <paramref name="inherit"/>, or is dropped when that has none.
    /// </summary>
    public static IReadOnlyDictionary<string, string> Read(Field field, Func<string, string?> inherit)
    {
        var pairs = new OrderedDictionary<string, string>();
        foreach (var (key, value) in ReadNullable(field))
        {
            if ((value ?? inherit(key)) is { } text)
            {
                pairs[key] = text;
            }
        }

        return pairs;
    }

    /// <summary>Keys with their values, null where there is none; a later one of the same key wins.</summary>
    public static IEnumerable<(string Key, string? Value)> ReadNullable(Field field) =>
        field.IsList ? FromList(field) : FromMap(field);

    private static IEnumerable<(string Key, string? Value)> FromMap(Field field)
    {
        foreach (var (key, value) in field.Given ? field.Entries() : [])
        {
            if (value.IsNull)
            {
                yield return (key, null);
            }
            else if (value.Scalar() is { } text)
            {
                yield return (key, text);
            }
        }
    }

    private static IEnumerable<(string Key, string? Value)> FromList(Field field)
    {
        foreach (var item in field.Items())
        {
            if (item.Text() is not { } text)
            {
                continue;
            }

            var sign = text.IndexOf('=', StringComparison.Ordinal);
            if (sign is 0 || text.Length is 0)
            {
                item.Error("names no key.", "Write KEY=value.");
                continue;
            }

            yield return sign < 0 ? (text, null) : (text[..sign], text[(sign + 1)..]);
        }
    }
}
