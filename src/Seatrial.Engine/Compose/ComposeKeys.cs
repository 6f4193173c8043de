using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Compose;

/// <summary>
/// Every key of a Compose file, and whether it is honoured. <c>docs/compose.md</c> is drawn from it, so that the list
/// that the reader obeys and the list that the user sees are one.
/// </summary>
internal static class ComposeKeys
{
    /// <summary>Of <c>extends</c>, which is done before keys are checked.</summary>
    public static KeyShape Extends => ServiceKeys.Extends;

    /// <summary>Of an item of <c>include</c>, likewise.</summary>
    public static readonly KeyShape Include = new()
    {
        Honoured = KeyShape.Plain("path", "project_directory", "env_file"),
    };

    private static readonly KeyShape _ipam = new()
    {
        Honoured = new Dictionary<string, KeyShape?>(KeyShape.Plain("driver", "options"))
        {
            ["config"] = new() { Honoured = KeyShape.Plain("subnet", "ip_range", "gateway", "aux_addresses") },
        },
    };

    private static readonly KeyShape _network = new()
    {
        Honoured = new Dictionary<string, KeyShape?>(KeyShape.Plain(
            "name", "driver", "driver_opts", "external", "internal", "labels", "enable_ipv6"))
        {
            ["ipam"] = _ipam,
        },
        Unhonoured = KeyShape.Plain("attachable", "enable_ipv4"),
    };

    private static readonly KeyShape _volume = new()
    {
        Honoured = KeyShape.Plain("name", "driver", "driver_opts", "external", "labels"),
    };

    private static readonly KeyShape _content = new()
    {
        Honoured = KeyShape.Plain("file", "environment", "content", "external", "name", "labels"),
        Unhonoured = KeyShape.Plain("driver", "driver_opts", "template_driver"),
    };

    /// <summary>Of the file.</summary>
    public static readonly KeyShape File = new()
    {
        Honoured = new Dictionary<string, KeyShape?>(KeyShape.Plain("name"))
        {
            ["include"] = Include,
            ["services"] = new() { Each = ServiceKeys.All },
            ["networks"] = new() { Each = _network },
            ["volumes"] = new() { Each = _volume },
            ["secrets"] = new() { Each = _content },
            ["configs"] = new() { Each = _content },
        },
        Unhonoured = KeyShape.Plain("models", "version"),
    };

    /// <summary>Of <c>build</c>, which other files have as well.</summary>
    public static KeyShape BuildKeys => ServiceKeys.Build;
}
