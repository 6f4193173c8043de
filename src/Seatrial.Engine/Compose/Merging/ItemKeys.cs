using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Compose.Merging;

/// <summary>Which items of two lists are about the same thing.</summary>
internal static class ItemKeys
{
    /// <summary>Null for an item that is about nothing else than itself.</summary>
    public static string? Of(string pattern, YamlNode item) => pattern switch
    {
        "services.*.volumes" => Target(item) ?? (Short(item) is { } text ? MountText.Parse(text)?.Target : null),
        "services.*.ports" => Port(item),
        "services.*.secrets" => Granted(item, "/run/secrets/"),
        "services.*.configs" => Granted(item, "/"),
        "services.*.env_file" => Short(item) ?? Text(item, "path"),
        "services.*.tmpfs" => Short(item)?.Split(':')[0],
        "services.*.devices" => Text(item, "target") ?? Text(item, "source") ?? Device(Short(item)),
        "services.*.extra_hosts" or "services.*.build.extra_hosts" => Short(item)?.Replace(':', '='),
        "networks.*.ipam.config" => Text(item, "subnet"),
        _ => Short(item),
    };

    private static string? Port(YamlNode item)
    {
        if (Short(item) is { } text)
        {
            var parts = PortText.Parse(text);
            return $"{parts.HostIp}:{parts.Host}:{parts.Container}/{parts.Protocol}";
        }

        return Text(item, "target") is { } target
            ? $"{Text(item, "host_ip")}:{Text(item, "published")}:{target}/{Text(item, "protocol") ?? "tcp"}"
            : null;
    }

    private static string? Granted(YamlNode item, string folder)
    {
        var name = Text(item, "target") ?? Text(item, "source") ?? Short(item);
        return name is null ? null : name.StartsWith('/') ? name : folder + name;
    }

    private static string? Device(string? text) => text?.Split(':') switch
    {
        null => null,
        [var only] => only,
        [_, var target, ..] => target,
        _ => null,
    };

    private static string? Target(YamlNode item) => Text(item, "target");

    private static string? Short(YamlNode item) => (item as YamlNode.Scalar)?.Text;

    private static string? Text(YamlNode item, string key) =>
        ((item as YamlNode.Map)?.Entries.FirstOrDefault(entry => entry.Key == key)?.Value as YamlNode.Scalar)?.Text;
}
