namespace Seatrial.Engine.Histories;

/// <summary>Names from a mapping as SQL takes them.</summary>
internal static class SqlIdentifiers
{
    public static string Quote(string identifier) =>
        $"\"{identifier.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
