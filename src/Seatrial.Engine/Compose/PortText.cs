using System.Globalization;
using System.Net;

namespace Seatrial.Engine.Compose;

/// <summary>A port or a range of ports, ends included.</summary>
internal readonly record struct PortRange(int First, int Last)
{
    public int Count => Last - First + 1;

    /// <summary><c>80</c> or <c>8000-8010</c>; null when it is neither.</summary>
    public static PortRange? Parse(string text, int least)
    {
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        var first = Number(dash < 0 ? text : text[..dash], least);
        var last = Number(dash < 0 ? text : text[(dash + 1)..], least);
        return first <= last ? new PortRange(first.Value, last.Value) : null;
    }

    private static int? Number(string text, int least) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port)
        && port >= least && port <= 65535
            ? port
            : null;
}

/// <summary>
/// A port in its short form: <c>[address:][host port or range:]container port or range[/protocol]</c>.
/// </summary>
internal sealed record PortText(string Container, string? Host, string? HostIp, string Protocol)
{
    /// <summary>Parts as they stand; whether they are ports is for the reader to say.</summary>
    public static PortText Parse(string text)
    {
        var slash = text.LastIndexOf('/');
        var protocol = slash < 0 ? "tcp" : text[(slash + 1)..];
        var rest = slash < 0 ? text : text[..slash];

        var lastColon = rest.LastIndexOf(':');
        if (lastColon < 0)
        {
            return new PortText(rest, null, null, protocol);
        }

        var container = rest[(lastColon + 1)..];
        var published = rest[..lastColon];
        var split = published.LastIndexOf(':');
        return split < 0
            ? new PortText(container, NullIfEmpty(published), null, protocol)
            : new PortText(container, NullIfEmpty(published[(split + 1)..]), published[..split], protocol);
    }

    /// <summary>An address without the brackets that IPv6 has beside ports; null when it is none.</summary>
    public static string? Address(string text)
    {
        var bare = text.StartsWith('[') && text.EndsWith(']') ? text[1..^1] : text;
        var isWhole = bare.Contains(':', StringComparison.Ordinal)
            ? bare != text
            : bare.Count(letter => letter is '.') is 3;
        return isWhole && IPAddress.TryParse(bare, out _) ? bare : null;
    }

    private static string? NullIfEmpty(string text) => text.Length is 0 ? null : text;
}
