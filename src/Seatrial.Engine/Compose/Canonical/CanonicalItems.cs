using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Compose.Canonical;

/// <summary>Items of a service's lists in their long form.</summary>
internal static class CanonicalItems
{
    private static readonly KeyShape _ports = ShapeOf("ports");
    private static readonly KeyShape _mounts = ShapeOf("volumes");
    private static readonly KeyShape _networks = ShapeOf("networks").Each ?? new KeyShape();

    public static YamlNode Of(ComposePort port, YamlNode? written) => new MapBuilder()
        .Number("target", port.ContainerPort)
        .Text("published", port.HostPort?.ToString())
        .Text("host_ip", port.HostIp)
        .Text("protocol", port.Protocol)
        .Rest(MapBuilder.Item(written, "target", $"{port.ContainerPort}"), _ports)
        .Build();

    public static YamlNode Of(ComposeMount mount, YamlNode? written)
    {
        var item = MapBuilder.Item(written, "target", mount.Target);
        return new MapBuilder()
            .Text("type", mount.Kind switch
            {
                MountKind.Bind => "bind",
                MountKind.Volume => "volume",
                MountKind.Tmpfs => "tmpfs",
            })
            .Text("source", mount.Source)
            .Text("target", mount.Target)
            .Truth("read_only", mount.ReadOnly)
            .Add("bind", mount.Kind is not MountKind.Bind ? null : Below("bind")
                .Add("create_host_path", MapBuilder.Truth(mount.CreateHostPath))
                .Text("propagation", mount.Propagation)
                .Build())
            .Add("volume", mount.Kind is not MountKind.Volume ? null : Below("volume")
                .Truth("nocopy", mount.NoCopy)
                .OrNothing())
            .Add("tmpfs", mount.Kind is not MountKind.Tmpfs ? null : Below("tmpfs")
                .Size("size", mount.TmpfsSize)
                .Text("mode", mount.TmpfsMode is { } mode ? "0" + Convert.ToString(mode, 8) : null)
                .OrNothing())
            .Rest(item, _mounts)
            .Build();

        MapBuilder Below(string key) =>
            new MapBuilder().Rest(MapBuilder.Under(item, key), _mounts.Honoured[key] ?? new KeyShape());
    }

    public static YamlNode? Of(IReadOnlyList<ComposeGrant> grants) =>
        grants.Count is 0 ? null : MapBuilder.List(grants.Select(grant => new MapBuilder()
            .Text("source", grant.Source)
            .Text("target", grant.Target)
            .Size("uid", grant.Uid)
            .Size("gid", grant.Gid)
            .Text("mode", grant.Mode is { } mode ? "0" + Convert.ToString(mode, 8) : null)
            .Build()));

    public static YamlNode? Of(IReadOnlyList<ComposeDevice> devices) =>
        devices.Count is 0 ? null : MapBuilder.List(devices.Select(device => new MapBuilder()
            .Text("source", device.Source)
            .Text("target", device.Target)
            .Text("permissions", device.Permissions)
            .Build()));

    public static YamlNode Of(IReadOnlyList<string> aliases, ComposeEndpoint? place, YamlNode? written)
    {
        var map = new MapBuilder().Texts("aliases", aliases).Rest(written, _networks);
        if (place is not null)
        {
            map.Text("ipv4_address", place.Ipv4Address)
                .Text("ipv6_address", place.Ipv6Address)
                .Texts("link_local_ips", place.LinkLocalIps)
                .Number("priority", place.Priority)
                .Pairs("driver_opts", place.DriverOptions);
        }

        return map.OrNothing() ?? (YamlNode)new YamlNode.Scalar(MapBuilder.Nowhere, "null", Plain: true);
    }

    private static KeyShape ShapeOf(string key) => ServiceKeys.All.Honoured[key] ?? new KeyShape();
}
