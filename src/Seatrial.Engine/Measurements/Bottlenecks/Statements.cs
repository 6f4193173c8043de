using System.Text.RegularExpressions;

namespace Seatrial.Engine.Measurements.Bottlenecks;

/// <summary>SQL as far as it has to be understood here.</summary>
internal static partial class Statements
{
    /// <summary>Without its values, so that two calls of one statement are alike.</summary>
    public static string Shape(string statement) => Values().Replace(statement, "?");

    /// <summary>Whether it names a table, with or without its schema.</summary>
    public static bool Names(string statement, string table) => Regex.IsMatch(
        statement, $@"\b{Regex.Escape(table.Split('.')[^1])}\b", RegexOptions.IgnoreCase);

    [GeneratedRegex(@"'(?:[^']|'')*'|\b\d+(?:\.\d+)?\b")]
    private static partial Regex Values();
}
