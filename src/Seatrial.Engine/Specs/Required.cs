using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Specs;

/// <summary>Values that have to be there.</summary>
internal static class Required
{
    /// <summary>The value under a key; when the key is absent, a problem that says what it is for.</summary>
    public static T? Value<T>(Field field, string key, string meaning, Func<Field, T?> read)
        where T : class
    {
        if (!field[key].Given)
        {
            field.Error($"has no {key}.", $"Write {key}: with {meaning}.");
            return null;
        }

        return read(field[key]);
    }

    /// <summary>A word under a key.</summary>
    public static string? Word(Field field, string key, string meaning) =>
        Value(field, key, meaning, value => value.Word());
}
