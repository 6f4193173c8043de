using System.Net.Sockets;
using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Compose;

/// <summary>A service's <c>networks</c>: a list, or a mapping with aliases.</summary>
internal static class ServiceNetworkReader
{
    private static readonly string[] _read =
        ["ipv4_address", "ipv6_address", "link_local_ips", "priority", "driver_opts"];

    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Read(Field field, Field mode)
    {
        var networks = new OrderedDictionary<string, IReadOnlyList<string>>();
        if (field.Given && mode.Given)
        {
            mode.Error("and networks exclude each other.", "Keep one of them.");
        }

        if (!field.Given || field.IsNull)
        {
            if (!mode.Given)
            {
                networks["default"] = [];
            }
        }
        else if (field.IsMap)
        {
            foreach (var (key, value) in field.Entries())
            {
                if (!value.IsMap && !value.IsNull)
                {
                    value.WrongKind("a mapping", "Write {} when there is nothing to say.");
                }

                networks[key] = value["aliases"].Texts();
            }
        }
        else
        {
            foreach (var key in field.Texts())
            {
                networks[key] = [];
            }
        }

        return networks;
    }

    /// <summary>What is said of networks beside aliases.</summary>
    public static IReadOnlyDictionary<string, ComposeEndpoint> Endpoints(Field field)
    {
        var endpoints = new OrderedDictionary<string, ComposeEndpoint>();
        foreach (var (key, value) in field.IsMap ? field.Entries() : [])
        {
            if (value.IsMap && value.Entries().Any(entry => _read.Contains(entry.Key)))
            {
                endpoints[key] = Endpoint(value);
            }
        }

        return endpoints;
    }

    private static ComposeEndpoint Endpoint(Field field) => new()
    {
        Ipv4Address = Address(field["ipv4_address"], AddressFamily.InterNetwork),
        Ipv6Address = Address(field["ipv6_address"], AddressFamily.InterNetworkV6),
        LinkLocalIps = field["link_local_ips"].Texts(),
        Priority = field["priority"].Whole(int.MinValue) ?? 0,
        DriverOptions = PairsReader.Read(field["driver_opts"]),
    };

    private static string? Address(Field field, AddressFamily family)
    {
        var text = field.Word();
        if (text is not null && Addresses.FamilyOf(text) != family)
        {
            field.WrongKind(
                family is AddressFamily.InterNetwork ? "an IPv4 address" : "an IPv6 address", "Write an address.");
        }

        return text;
    }
}
