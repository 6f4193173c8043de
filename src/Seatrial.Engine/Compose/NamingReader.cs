using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Compose;

/// <summary>Names and addresses that a container knows.</summary>
internal static class NamingReader
{
    public static ComposeNaming Read(Field service) => new()
    {
        Domainname = service["domainname"].Word(),
        Dns = Servers(service["dns"]),
        DnsOptions = service["dns_opt"].Texts(),
        DnsSearch = service["dns_search"].TextOrTexts(),
        ExtraHosts = Hosts(service["extra_hosts"]),
    };

    private static IReadOnlyList<string> Servers(Field field)
    {
        var addresses = field.TextOrTexts();
        foreach (var address in addresses.Where(address => !Addresses.IsOne(address)))
        {
            field.Error($"has \"{YamlWords.Shorten(address)}\", which is no address.", "Write an IP address.");
        }

        return addresses;
    }

    private static List<string> Hosts(Field field)
    {
        var hosts = new List<string>();
        foreach (var (name, value) in field.IsMap ? field.Entries() : [])
        {
            hosts.AddRange(value.TextOrTexts().Select(address => Host(value, name, address)));
        }

        foreach (var item in field.Given && !field.IsMap ? field.Items() : [])
        {
            if (item.Word() is not { } text)
            {
                continue;
            }

            var sign = text.IndexOfAny(['=', ':']);
            if (sign > 0)
            {
                hosts.Add(Host(item, text[..sign], text[(sign + 1)..]));
            }
            else
            {
                item.Error($"({YamlWords.Shorten(text)}) has no address.", "Write name=address.");
            }
        }

        return hosts;
    }

    private static string Host(Field field, string name, string address)
    {
        var bare = address.StartsWith('[') && address.EndsWith(']') ? address[1..^1] : address;
        if (bare is not "host-gateway" && !Addresses.IsOne(bare))
        {
            field.Error(
                $"gives {YamlWords.Shorten(name)} the address \"{YamlWords.Shorten(address)}\", which is none.",
                "Write an IP address, or host-gateway.");
        }

        return $"{name}={bare}";
    }
}
