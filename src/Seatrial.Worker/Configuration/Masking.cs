using System.Data.Common;

namespace Seatrial.Worker.Configuration;

/// <summary>Shows of a secret what helps to find a mistake, and nothing that opens a door.</summary>
internal static class Masking
{
    public const string Mask = "***";

    // What a connection string may show; what is not in the list may be a secret of tomorrow.
    private static readonly HashSet<string> _harmless = new(StringComparer.OrdinalIgnoreCase)
    {
        "host", "server", "port", "database", "db", "username", "user name", "user id", "userid", "uid", "ssl mode",
        "sslmode", "timeout", "command timeout", "commandtimeout", "options", "search path", "searchpath",
        "application name", "keepalive", "pooling", "minimum pool size", "maximum pool size", "root certificate",
    };

    /// <summary>
    /// A connection string keeps its harmless parts: <c>Host=db;Password=***</c>; anything else is masked whole.
    /// </summary>
    public static string Of(string secret)
    {
        var parts = new DbConnectionStringBuilder();
        try
        {
            parts.ConnectionString = secret;
        }
        catch (ArgumentException)
        {
            return Mask;
        }

        return parts.Count == 0
            ? Mask
            : string.Join(';', parts.Keys.Cast<string>().Select(
                key => $"{key}={(_harmless.Contains(key) ? parts[key] : Mask)}"));
    }
}
