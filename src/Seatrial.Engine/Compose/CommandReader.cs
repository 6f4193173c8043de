using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Compose;

/// <summary>
/// <c>command</c> and <c>entrypoint</c>: a text that is split as a shell would (but no shell runs), or a list.
/// </summary>
internal static class CommandReader
{
    /// <summary>Null leaves it to the image; empty takes the image's away.</summary>
    public static IReadOnlyList<string>? Read(Field field)
    {
        if (!field.Given || field.IsNull)
        {
            return null;
        }

        if (!field.IsScalar)
        {
            return field.Texts();
        }

        if (field.Text() is not { } text)
        {
            return null;
        }

        if (ShellWords.Split(text) is { } words)
        {
            return words;
        }

        field.Error("has a quote that is never closed, or ends in a backslash.", "Close the quote, or write a list.");
        return null;
    }
}
