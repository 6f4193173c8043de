using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Compose;

/// <summary><c>restart</c>: a word, or <c>on-failure:N</c>.</summary>
internal static class RestartReader
{
    public static string? Read(Field field)
    {
        if (field.Text() is not { } text)
        {
            return null;
        }

        const string Counted = "on-failure:";
        if (text.StartsWith(Counted, StringComparison.Ordinal) && uint.TryParse(text[Counted.Length..], out _))
        {
            return text;
        }

        return field.OneOf("no", "always", "unless-stopped", "on-failure");
    }
}
