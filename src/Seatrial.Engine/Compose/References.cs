using Seatrial.Engine.Text;
using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Compose;

/// <summary>Names that stand for something declared elsewhere in the file: networks, volumes, services.</summary>
internal static class References
{
    public static void Check(Field root)
    {
        var services = Keys(root["services"]);
        string[] networks = [.. Keys(root["networks"]), "default"];
        var volumes = Keys(root["volumes"]);
        var secrets = Keys(root["secrets"]);
        var configs = Keys(root["configs"]);
        foreach (var service in Values(root["services"]))
        {
            foreach (var (name, field) in Named(service["depends_on"]))
            {
                Declared(name, field, services, "service", "under services");
            }

            foreach (var (name, field) in ServiceReferences.Of(service))
            {
                Declared(name, field, services, "service", "under services");
            }

            foreach (var (name, field) in Granted(service["secrets"]))
            {
                Declared(name, field, secrets, "secret", "under secrets at the file's top level");
            }

            foreach (var (name, field) in Granted(service["configs"]))
            {
                Declared(name, field, configs, "config", "under configs at the file's top level");
            }

            foreach (var (name, field) in Named(service["networks"]))
            {
                Declared(name, field, networks, "network", "under networks at the file's top level");
            }

            foreach (var field in service["volumes"].IsList ? service["volumes"].Items() : [])
            {
                if (VolumeName(field) is { } name)
                {
                    Declared(name, field, volumes, "volume", "under volumes at the file's top level");
                }
            }
        }
    }

    private static void Declared(string name, Field field, IReadOnlyList<string> known, string kind, string place)
    {
        if (!known.Contains(name))
        {
            field.Problems.Add(
                field.KeyAt, Severity.Error, $"{field.Path} names the {kind} {name}, which is not declared.",
                $"{Suggestions.DidYouMean(name, known)}Declare it {place}, or mend the name.");
        }
    }

    private static string? VolumeName(Field field) => field.Node switch
    {
        YamlNode.Scalar scalar when MountText.Parse(scalar.Text) is { Source: { } source }
            && !MountText.IsPath(source) => source,
        YamlNode.Map when field["type"].Node is YamlNode.Scalar { Text: "volume" } =>
            (field["source"].Node as YamlNode.Scalar)?.Text,
        _ => null,
    };

    private static IEnumerable<(string Name, Field Field)> Granted(Field field)
    {
        foreach (var item in field.IsList ? field.Items() : [])
        {
            var source = item.IsMap ? item["source"] : item;
            if (source.Node is YamlNode.Scalar { Kind: ScalarKind.Text } scalar)
            {
                yield return (scalar.Text, source);
            }
        }
    }

    private static IReadOnlyList<string> Keys(Field section) =>
        section.IsMap ? [.. section.Entries().Select(entry => entry.Key)] : [];

    private static IEnumerable<Field> Values(Field section) =>
        section.IsMap ? section.Entries().Select(entry => entry.Value) : [];

    private static IEnumerable<(string Name, Field Field)> Named(Field field)
    {
        foreach (var entry in field.IsMap ? field.Entries() : [])
        {
            yield return entry;
        }

        foreach (var item in field.IsList ? field.Items() : [])
        {
            if (item.Node is YamlNode.Scalar { Kind: ScalarKind.Text } scalar)
            {
                yield return (scalar.Text, item);
            }
        }
    }
}
