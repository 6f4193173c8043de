namespace Seatrial.Engine.Yaml;

/// <summary>Values as they are called in messages.</summary>
internal static class YamlWords
{
    private const int LongestQuote = 40;

    /// <summary><c>a list</c>, <c>the number 5</c>, <c>the text "x"</c>.</summary>
    public static string Describe(YamlNode node) => node switch
    {
        YamlNode.List => "a list",
        YamlNode.Map => "a mapping",
        YamlNode.Scalar scalar => scalar.Kind switch
        {
            ScalarKind.Null => "empty",
            ScalarKind.Boolean => $"the truth value {scalar.Text}",
            ScalarKind.Number => $"the number {Shorten(scalar.Text)}",
            ScalarKind.Text => $"the text \"{Shorten(scalar.Text)}\"",
        },
        _ => "nothing",
    };

    /// <summary>Cut to what fits into a sentence, and kept to one line.</summary>
    public static string Shorten(string text)
    {
        var line = string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter));
        return line.Length <= LongestQuote ? line : line[..LongestQuote] + "…";
    }
}
