using Seatrial.Engine.Compose.Loading;
using Seatrial.Engine.Interpolation;
using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Compose;

/// <summary>What values of a file are read against.</summary>
internal sealed record ReadingContext(string File, string Directory, Variables Variables)
{
    /// <summary>Of files with folders and variables of their own.</summary>
    public IReadOnlyDictionary<string, FileScope> Scopes { get; init; } = new Dictionary<string, FileScope>();

    /// <summary>The folder that a field's relative paths start from.</summary>
    public string DirectoryOf(Field field) => Scopes.GetValueOrDefault(field.At.File)?.Directory ?? Directory;

    /// <summary>The variables of the file in which a field is written.</summary>
    public Variables VariablesOf(Field field) => Scopes.GetValueOrDefault(field.At.File)?.Variables ?? Variables;

    /// <summary>The absolute path that a field names, from its file's folder; null when it names none.</summary>
    public string? PathOf(Field field) => field.Word() is { } text ? PathOf(field, text) : null;

    /// <summary>The absolute path of a text in a field; <c>~</c> is the home folder.</summary>
    public string? PathOf(Field field, string text)
    {
        if (text is not "~" && !text.StartsWith("~/", StringComparison.Ordinal))
        {
            return Absolute(field, DirectoryOf(field), text);
        }

        if (VariablesOf(field).ValueOf("HOME") is { } home)
        {
            return Absolute(field, DirectoryOf(field), home + text[1..]);
        }

        field.Error("begins with ~, and HOME is not set.", "Set HOME, or write the whole path.");
        return null;
    }

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
