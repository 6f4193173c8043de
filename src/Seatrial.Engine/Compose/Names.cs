using System.Text.RegularExpressions;
using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Compose;

/// <summary>Names of services, networks and volumes.</summary>
internal static partial class Names
{
    /// <summary>Whether a key may be such a name; else a problem.</summary>
    public static bool Check(string key, Field field)
    {
        if (Form().IsMatch(key))
        {
            return true;
        }

        field.Problems.Add(
            field.KeyAt, Severity.Error, $"\"{YamlWords.Shorten(key)}\" is no name for a service, network or volume.",
            "Write letters, digits, '.', '_' and '-' only.");
        return false;
    }

    [GeneratedRegex(@"^[a-zA-Z0-9._-]+\z")]
    private static partial Regex Form();
}
