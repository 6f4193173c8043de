using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Compose;

/// <summary>Where a service names another one outside <c>depends_on</c>, and so needs it to run.</summary>
internal static class ServiceReferences
{
    private const string Prefix = "service:";

    public static IEnumerable<(string Service, Field Field)> Of(Field service)
    {
        foreach (var key in new[] { "network_mode", "ipc", "pid" })
        {
            if (service[key].Node is YamlNode.Scalar scalar
                && scalar.Text.StartsWith(Prefix, StringComparison.Ordinal))
            {
                yield return (scalar.Text[Prefix.Length..], service[key]);
            }
        }

        foreach (var item in service["links"].IsList ? service["links"].Items() : [])
        {
            if (item.Node is YamlNode.Scalar { Kind: ScalarKind.Text } scalar)
            {
                yield return (scalar.Text.Split(':')[0], item);
            }
        }
    }
}
