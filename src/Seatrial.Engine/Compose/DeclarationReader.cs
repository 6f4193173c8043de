using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Compose;

/// <summary>Networks and volumes as the file declares them.</summary>
internal static class DeclarationReader
{
    public static ComposeNetwork? Network(string key, Field field) => !IsDeclaration(field) ? null : new ComposeNetwork
    {
        Name = ReadName(key, field),
        Driver = field["driver"].Word() ?? "bridge",
        Internal = field["internal"].Boolean() ?? false,
        External = field["external"].Boolean() ?? false,
        EnableIpv6 = field["enable_ipv6"].Boolean() ?? false,
        Ipam = IpamReader.Read(field["ipam"]),
        DriverOptions = PairsReader.Read(field["driver_opts"]),
        Labels = PairsReader.Read(field["labels"]),
    };

    public static ComposeVolume? Volume(string key, Field field) => !IsDeclaration(field) ? null : new ComposeVolume
    {
        Name = ReadName(key, field),
        Driver = field["driver"].Word() ?? "local",
        External = field["external"].Boolean() ?? false,
        DriverOptions = PairsReader.Read(field["driver_opts"]),
        Labels = PairsReader.Read(field["labels"]),
    };

    private static bool IsDeclaration(Field field)
    {
        if (field.IsMap || field.IsNull)
        {
            return true;
        }

        field.WrongKind("a mapping", "Write {} when there is nothing to say.");
        return false;
    }

    // An external thing is not made under the project's name: without a name of its own, its key is its name.
    private static string? ReadName(string key, Field field) =>
        field["name"].Word()
            ?? (field["external"] is { IsScalar: true } external && external.Boolean() is true ? key : null);
}
