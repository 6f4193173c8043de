using Seatrial.Engine.Interpolation;
using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Compose;

/// <summary>What values of a file are read against.</summary>
internal sealed record ReadingContext(string File, string Directory, Variables Variables)
{
    /// <summary>The absolute path that a field names, from this file's folder; null when it names none.</summary>
    public string? PathOf(Field field) => field.Word() is { } text ? Absolute(field, Directory, text) : null;

    /// <summary>The absolute path of a text in a field, from a folder.</summary>
    public static string? Absolute(Field field, string directory, string text)
    {
        if (!text.Contains('\0'))
        {
            return Path.TrimEndingDirectorySeparator(Path.GetFullPath(Path.Combine(directory, text)));
        }

        field.Error("holds a character that no path can hold.", "Remove the \\0.");
        return null;
    }
}
