using System.Text.RegularExpressions;
using Seatrial.Engine.Interpolation;
using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Compose;

/// <summary>
/// The project's name, which other values may name as a variable, so that it is known before they are read.
/// </summary>
internal static partial class ProjectNames
{
    /// <summary>The variable that holds the name while a file is read.</summary>
    public const string Variable = "COMPOSE_PROJECT_NAME";

    /// <summary>
    /// The name that the caller says, else the variable's, the <c>name</c> of the file, or the folder's name in the
    /// form that Compose allows.
    /// </summary>
    public static string Read(string? said, Field name, string directory, Variables variables)
    {
        var fallback = Normalise(Path.GetFileName(directory));
        if (said is { Length: > 0 } || variables.ValueOf(Variable) is { Length: > 0 })
        {
            return Normalise(said ?? variables.ValueOf(Variable) ?? fallback);
        }

        if (name.Node is not YamlNode.Scalar { Kind: ScalarKind.Text } scalar)
        {
            return fallback;
        }

        var text = Template.Expand(scalar.Text, variables.ValueOf).Text;
        if (Form().IsMatch(text))
        {
            return text;
        }

        name.Error(
            $"is \"{YamlWords.Shorten(text)}\", which is no project name.",
            "Write lower-case letters, digits, - and _, beginning with a letter or digit.");
        return fallback;
    }

    private static string Normalise(string folder)
    {
        var name = Unwanted().Replace(folder.ToLowerInvariant(), "").TrimStart('-', '_');
        return name.Length is 0 ? "system" : name;
    }

    [GeneratedRegex(@"^[a-z0-9][a-z0-9_-]*\z")]
    private static partial Regex Form();

    [GeneratedRegex("[^a-z0-9_-]")]
    private static partial Regex Unwanted();
}
