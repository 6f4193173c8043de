using System.Globalization;
using Seatrial.Engine.Text;

namespace Seatrial.Engine.Yaml;

/// <summary>
/// Typed readings of a field: null when the file is silent, and also, with a problem told, when it is wrong.
/// </summary>
internal static class FieldValues
{
    /// <summary>Text; a bare number or truth value is none, as for Compose.</summary>
    public static string? Text(this Field field)
    {
        if (field.Node is YamlNode.Scalar scalar)
        {
            if (scalar.Kind is ScalarKind.Text)
            {
                return scalar.Text;
            }

            if (scalar.Kind is not ScalarKind.Null)
            {
                field.WrongKind("text", $"Put it in quotes: \"{YamlWords.Shorten(scalar.Text)}\".");
                return null;
            }
        }

        field.WrongKind("text", "Write text.");
        return null;
    }

    /// <summary>Text that is not blank.</summary>
    public static string? Word(this Field field)
    {
        var text = field.Text();
        if (text is null || !string.IsNullOrWhiteSpace(text))
        {
            return text;
        }

        field.Error("is blank.", "Write a value, or remove the key.");
        return null;
    }

    /// <summary>A scalar of any kind, as it is written.</summary>
    public static string? Scalar(this Field field)
    {
        if (field is { Node: YamlNode.Scalar scalar, IsNull: false })
        {
            return scalar.Text;
        }

        field.WrongKind("a single value", "Write a single value.");
        return null;
    }

    public static bool? Boolean(this Field field)
    {
        switch (field.Scalar())
        {
            case null:
                return null;
            case "true" or "True" or "TRUE" or "y" or "Y" or "yes" or "Yes" or "YES" or "on" or "On" or "ON":
                return true;
            case "false" or "False" or "FALSE" or "n" or "N" or "no" or "No" or "NO" or "off" or "Off" or "OFF":
                return false;
            default:
                field.WrongKind("true or false", "Write true or false.");
                return null;
        }
    }

    /// <summary>A whole number within bounds, inclusive.</summary>
    public static int? Whole(this Field field, int least, int most = int.MaxValue)
    {
        if (field.Scalar() is not { } text)
        {
            return null;
        }

        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            field.WrongKind("a whole number", "Write a whole number.");
            return null;
        }

        if (number >= least && number <= most)
        {
            return number;
        }

        var bounds = most is int.MaxValue ? $"{least} or more" : $"{least} to {most}";
        field.Error($"is {number}, which is out of bounds.", $"Write a number of {bounds}.");
        return null;
    }

    /// <summary>A number of 0 or more, with or without a fraction.</summary>
    public static double? Amount(this Field field)
    {
        if (field.Scalar() is not { } text)
        {
            return null;
        }

        const NumberStyles Form =
            NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent | NumberStyles.AllowLeadingSign;
        if (double.TryParse(text, Form, CultureInfo.InvariantCulture, out var number) && number is >= 0 and < 1e9)
        {
            return number;
        }

        field.WrongKind("a number of 0 or more", "Write a number such as 0.5 or 2.");
        return null;
    }

    public static TimeSpan? Duration(this Field field)
    {
        if (field.Scalar() is not { } text)
        {
            return null;
        }

        if (Durations.Parse(text) is { } duration)
        {
            return duration;
        }

        field.WrongKind("a duration", "Write numbers with units h, m, s, ms or us, e.g. 10s or 1m30s.");
        return null;
    }

    /// <summary>Bytes; -1 is "without bound".</summary>
    public static long? Bytes(this Field field)
    {
        if (field.Scalar() is not { } text)
        {
            return null;
        }

        if (ByteSizes.Parse(text) is { } bytes)
        {
            return bytes;
        }

        field.WrongKind("a size", "Write a number with a unit b, k, m or g, e.g. 256m.");
        return null;
    }

    /// <summary>A part of a whole, written as a percentage, as 0 to 1.</summary>
    public static double? Share(this Field field)
    {
        if (field.Scalar() is not { } text)
        {
            return null;
        }

        if (text.EndsWith('%')
            && decimal.TryParse(
                text[..^1].TrimEnd(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent)
            && percent is >= 0 and <= 100)
        {
            return (double)(percent / 100);
        }

        field.WrongKind("a percentage from 0% to 100%", "Write it with its sign, e.g. 33%.");
        return null;
    }

    /// <summary>One of a closed set of words.</summary>
    public static string? OneOf(this Field field, params IReadOnlyList<string> words)
    {
        if (field.Text() is not { } text)
        {
            return null;
        }

        if (words.Contains(text))
        {
            return text;
        }

        field.WrongKind(
            "one of a few words", $"{Suggestions.DidYouMean(text, words)}Write one of: {string.Join(", ", words)}.");
        return null;
    }

    /// <summary>A list of texts; empty when the file is silent.</summary>
    public static IReadOnlyList<string> Texts(this Field field) =>
        field.Given ? [.. field.Items().Select(item => item.Text()).OfType<string>()] : [];

    /// <summary>A list of single values of any kind, as they are written.</summary>
    public static IReadOnlyList<string> Scalars(this Field field) =>
        field.Given ? [.. field.Items().Select(item => item.Scalar()).OfType<string>()] : [];

    /// <summary>A list of texts, or one text that stands for a list of one.</summary>
    public static IReadOnlyList<string> TextOrTexts(this Field field) =>
        field.IsScalar ? [.. new[] { field.Text() }.OfType<string>()] : field.Texts();
}
