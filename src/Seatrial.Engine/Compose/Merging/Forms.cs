using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Compose.Merging;

/// <summary>
/// Short forms in the long form that can be merged; null for what has neither form, and the reader then tells it.
/// </summary>
internal static class Forms
{
    /// <summary><c>[K=v, L]</c> as <c>{K: v, L: null}</c>.</summary>
    public static YamlNode.Map? Pairs(YamlNode node)
    {
        if (node is not YamlNode.List list)
        {
            return node as YamlNode.Map;
        }

        var entries = new OrderedDictionary<string, YamlEntry>();
        foreach (var item in list.Items)
        {
            if (item is not YamlNode.Scalar { Kind: ScalarKind.Text } scalar)
            {
                return null;
            }

            var sign = scalar.Text.IndexOf('=', StringComparison.Ordinal);
            var key = sign < 0 ? scalar.Text : scalar.Text[..sign];
            entries[key] = new YamlEntry(
                key, scalar.Position,
                new YamlNode.Scalar(scalar.Position, sign < 0 ? "" : scalar.Text[(sign + 1)..], Plain: sign < 0));
        }

        return new YamlNode.Map(list.Position, [.. entries.Values]);
    }

    /// <summary><c>[a, b]</c> as <c>{a: …, b: …}</c>.</summary>
    public static YamlNode.Map? Names(YamlNode node, Func<SourcePosition, YamlNode> alone)
    {
        if (node is not YamlNode.List list)
        {
            return node as YamlNode.Map;
        }

        var entries = new OrderedDictionary<string, YamlEntry>();
        foreach (var item in list.Items)
        {
            if (item is not YamlNode.Scalar { Kind: ScalarKind.Text } scalar)
            {
                return null;
            }

            entries[scalar.Text] = new YamlEntry(scalar.Text, scalar.Position, alone(scalar.Position));
        }

        return new YamlNode.Map(list.Position, [.. entries.Values]);
    }

    /// <summary>What a name alone says of a network.</summary>
    public static YamlNode Nothing(SourcePosition at) => new YamlNode.Scalar(at, "", Plain: true);

    /// <summary>What a name alone says of a dependency.</summary>
    public static YamlNode Started(SourcePosition at) => One(at, "condition", "service_started");

    /// <summary><c>.</c> as <c>{context: .}</c>.</summary>
    public static YamlNode.Map? Build(YamlNode node) => node switch
    {
        YamlNode.Map map => map,
        YamlNode.Scalar { Kind: ScalarKind.Text } scalar =>
            new YamlNode.Map(scalar.Position, [new YamlEntry("context", scalar.Position, scalar)]),
        _ => null,
    };

    /// <summary>One value, or a list, or <c>{host: address}</c>, as a list.</summary>
    public static YamlNode.List? Items(YamlNode node) => node switch
    {
        YamlNode.List list => list,
        YamlNode.Scalar { Kind: not ScalarKind.Null } scalar => new YamlNode.List(scalar.Position, [scalar]),
        YamlNode.Map map => new YamlNode.List(map.Position, [.. map.Entries.SelectMany(Hosts)]),
        _ => null,
    };

    private static IEnumerable<YamlNode> Hosts(YamlEntry entry) =>
        (entry.Value is YamlNode.List list ? list.Items : [entry.Value])
        .OfType<YamlNode.Scalar>()
        .Select(address => new YamlNode.Scalar(entry.KeyPosition, $"{entry.Key}={address.Text}", Plain: false));

    private static YamlNode.Map One(SourcePosition at, string key, string value) =>
        new(at, [new YamlEntry(key, at, new YamlNode.Scalar(at, value, Plain: true))]);
}
