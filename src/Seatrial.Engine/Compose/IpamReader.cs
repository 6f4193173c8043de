using System.Globalization;
using System.Net.Sockets;
using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Compose;

/// <summary><c>ipam</c> of a network.</summary>
internal static class IpamReader
{
    public static ComposeIpam? Read(Field field)
    {
        field.WrongKindUnlessMap();
        return !field.IsMap ? null : new ComposeIpam
        {
            Driver = field["driver"].Word(),
            Subnets = field["config"].Given ? [.. field["config"].Items().Select(Subnet)] : [],
            Options = PairsReader.Read(field["options"]),
        };
    }

    private static ComposeSubnet Subnet(Field field)
    {
        field.WrongKindUnlessMap();
        return new ComposeSubnet
        {
            Subnet = Range(field["subnet"]),
            IpRange = Range(field["ip_range"]),
            Gateway = field["gateway"].Word(),
            AuxAddresses = PairsReader.Read(field["aux_addresses"]),
        };
    }

    private static string? Range(Field field)
    {
        var text = field.Word();
        var parts = text?.Split('/');
        var isRange = parts is [var address, var bits] && Addresses.FamilyOf(address) is { } family
            && int.TryParse(bits, NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            && length <= (family is AddressFamily.InterNetwork ? 32 : 128);
        if (text is not null && !isRange)
        {
            field.WrongKind("a range of addresses", "Write one such as 172.28.0.0/16.");
        }

        return text;
    }
}
