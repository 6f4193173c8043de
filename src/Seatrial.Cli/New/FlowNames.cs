using System.Text.RegularExpressions;
using Seatrial.Engine;

namespace Seatrial.Cli.New;

/// <summary>
/// What a flow may be called: the name is a queue, a service, a database, a folder, and with a capital a C# namespace.
/// </summary>
internal static partial class FlowNames
{
    // As namespaces they would hide what a flow's program names; as a service or a folder they are taken.
    private static readonly string[] _taken =
        ["db", "microsoft", "npgsql", "outcome", "postgres", "program", "seatrial", "system", "xunit"];

    public static IEnumerable<Problem> Problems(string name)
    {
        if (!Form().IsMatch(name))
        {
            yield return Wrong(
                name, $"'{name}' is no name for a flow.",
                "write 2 to 30 small letters and digits, a letter first: orders, rpa4.");
        }
        else if (_taken.Contains(name))
        {
            yield return Wrong(
                name, $"A flow can't be called '{name}': something else is.",
                "take another name; these are taken: " + string.Join(", ", _taken) + ".");
        }
    }

    private static Problem Wrong(string name, string what, string fix) => new()
    {
        What = what,
        Where = $"command line: seatrial new flow {name}",
        Fix = fix,
    };

    [GeneratedRegex(@"^[a-z][a-z0-9]{1,29}\z")]
    private static partial Regex Form();
}
