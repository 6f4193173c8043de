using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Compose;

/// <summary>A service's <c>networks</c>: a list, or a mapping with aliases.</summary>
internal static class ServiceNetworkReader
{
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Read(Field field, Field mode)
    {
        var networks = new OrderedDictionary<string, IReadOnlyList<string>>();
        if (field.Given && mode.Given)
        {
            mode.Error("and networks exclude each other.", "Keep one of them.");
        }

        if (!field.Given)
        {
            networks["default"] = [];
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
}
