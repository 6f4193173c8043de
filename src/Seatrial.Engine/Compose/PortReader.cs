using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Compose;

/// <summary><c>ports</c>, in short and long form; ranges become one port each.</summary>
internal static class PortReader
{
    private static readonly string[] Protocols = ["tcp", "udp", "sctp"];

    public static IReadOnlyList<ComposePort> Read(Field field) =>
        field.Given ? [.. field.Items().SelectMany(ReadItem)] : [];

    private static IEnumerable<ComposePort> ReadItem(Field field)
    {
        if (field.IsMap)
        {
            return ReadLong(field);
        }

        if (field.Scalar() is not { } text)
        {
            return [];
        }

        var parts = PortText.Parse(text);
        if (parts.HostIp is not null && PortText.Address(parts.HostIp) is null)
        {
            field.Error(
                $"({YamlWords.Shorten(text)}) publishes at {YamlWords.Shorten(parts.HostIp)}, which is no address.",
                "Write an IP address, IPv6 in brackets: 127.0.0.1:8080:80 or \"[::1]:8080:80\".");
            return [];
        }

        return Publish(field, parts);
    }

    private static IEnumerable<ComposePort> ReadLong(Field field)
    {
        if (field["target"].Scalar() is not { } target)
        {
            field.Error("has no target.", "Write target: with the port in the container.");
            return [];
        }

        var address = field["host_ip"].Word();
        if (address is not null && PortText.Address(address.Contains(':') ? $"[{address}]" : address) is null)
        {
            field["host_ip"].WrongKind("an IP address", "Write one such as 127.0.0.1.");
        }

        return Publish(
            field,
            new PortText(target, field["published"].Scalar(), address, field["protocol"].Text() ?? "tcp"));
    }

    private static IEnumerable<ComposePort> Publish(Field field, PortText parts)
    {
        var protocol = parts.Protocol.ToLowerInvariant();
        if (!Protocols.Contains(protocol))
        {
            field.Error(
                $"has the protocol {YamlWords.Shorten(parts.Protocol)}.",
                $"Write one of {string.Join(", ", Protocols)}.");
            return [];
        }

        if (PortRange.Parse(parts.Container, least: 1) is not { } container)
        {
            return TellNoPort(field, parts.Container);
        }

        if (parts.Host is null)
        {
            return Expand(container, null, protocol, parts.HostIp);
        }

        if (PortRange.Parse(parts.Host, least: 0) is not { } host)
        {
            return TellNoPort(field, parts.Host);
        }

        if (host.Count == container.Count)
        {
            return Expand(container, host.First is 0 ? null : host.First, protocol, parts.HostIp);
        }

        if (container.Count > 1)
        {
            field.Error(
                $"maps {host.Count} ports of the host to {container.Count} of the container.",
                "Write ranges of one length.");
            return [];
        }

        field.Warning(
            $"names the host ports {parts.Host}, which is not honoured: the engine chooses a free port.",
            "Write one host port, or none.");
        return Expand(container, null, protocol, parts.HostIp);
    }

    private static ComposePort[] TellNoPort(Field field, string text)
    {
        field.Error(
            $"has \"{YamlWords.Shorten(text)}\" where a port belongs.",
            "Write \"host:container\" with ports from 1 to 65535, e.g. \"8080:80\".");
        return [];
    }

    private static IEnumerable<ComposePort> Expand(PortRange container, int? host, string protocol, string? address)
    {
        var ip = address is null ? null : PortText.Address(address) ?? address;
        return Enumerable.Range(0, container.Count)
            .Select(i => new ComposePort(container.First + i, protocol, host + i, ip));
    }
}
