using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Compose.Canonical;

/// <summary>What a file declares beside services.</summary>
internal static class CanonicalResources
{
    private static readonly KeyShape _network = ShapeOf("networks");
    private static readonly KeyShape _volume = ShapeOf("volumes");
    private static readonly KeyShape _content = ShapeOf("secrets");

    public static YamlNode Of(ComposeNetwork network, YamlNode? written) => new MapBuilder()
        .Text("name", network.Name)
        .Text("driver", network.Driver is "bridge" ? null : network.Driver)
        .Pairs("driver_opts", network.DriverOptions)
        .Truth("external", network.External)
        .Truth("internal", network.Internal)
        .Truth("enable_ipv6", network.EnableIpv6)
        .Add("ipam", network.Ipam is { } ipam ? Ipam(ipam) : null)
        .Pairs("labels", network.Labels)
        .Rest(written, _network)
        .Build();

    public static YamlNode Of(ComposeVolume volume, YamlNode? written) => new MapBuilder()
        .Text("name", volume.Name)
        .Text("driver", volume.Driver is "local" ? null : volume.Driver)
        .Pairs("driver_opts", volume.DriverOptions)
        .Truth("external", volume.External)
        .Pairs("labels", volume.Labels)
        .Rest(written, _volume)
        .Build();

    public static YamlNode Of(ComposeContent content, YamlNode? written) => new MapBuilder()
        .Text("name", content.Name)
        .Text("file", content.File)
        .Text("environment", content.Environment)
        .Text("content", content.Content)
        .Truth("external", content.External)
        .Pairs("labels", content.Labels)
        .Rest(written, _content)
        .Build();

    private static YamlNode.Map Ipam(ComposeIpam ipam) => new MapBuilder()
        .Text("driver", ipam.Driver)
        .Add("config", ipam.Subnets.Count is 0 ? null : MapBuilder.List(ipam.Subnets.Select(subnet => new MapBuilder()
            .Text("subnet", subnet.Subnet)
            .Text("ip_range", subnet.IpRange)
            .Text("gateway", subnet.Gateway)
            .Pairs("aux_addresses", subnet.AuxAddresses)
            .Build())))
        .Pairs("options", ipam.Options)
        .Build();

    private static KeyShape ShapeOf(string section) => ComposeKeys.File.Honoured[section]?.Each ?? new KeyShape();
}
