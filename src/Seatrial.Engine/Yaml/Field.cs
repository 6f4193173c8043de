namespace Seatrial.Engine.Yaml;

/// <summary>
/// A value, or its absence, at a path of the tree, with the list that takes what is wrong with it. Reading goes on
/// after a problem, so that one reading tells all of them.
/// </summary>
/// <param name="Node">Null when the file is silent.</param>
/// <param name="Path">E.g. <c>services.rpa1.healthcheck.interval</c>, <c>services.db.ports[0]</c>.</param>
/// <param name="At">Of the value; of its key when it is a mapping or list; of what is around it when it is
/// absent.</param>
/// <param name="KeyAt">Of its key, or of the item.</param>
/// <param name="Problems">Takes what is wrong.</param>
internal readonly record struct Field(
    YamlNode? Node, string Path, SourcePosition At, SourcePosition KeyAt, ProblemList Problems)
{
    /// <summary>The whole file.</summary>
    public static Field Root(YamlNode node, ProblemList problems) =>
        new(node, "", node.Position, node.Position, problems);

    /// <summary>Whether the file says anything, be it null.</summary>
    public bool Given => Node is not null;

    /// <summary>Whether the file says null.</summary>
    public bool IsNull => Node is YamlNode.Scalar { Kind: ScalarKind.Null };

    public bool IsScalar => Node is YamlNode.Scalar;

    public bool IsMap => Node is YamlNode.Map;

    public bool IsList => Node is YamlNode.List;

    /// <summary>The value under a key; an absent one when there is no such key or this is no mapping.</summary>
    public Field this[string key]
    {
        get
        {
            var path = Path.Length is 0 ? key : $"{Path}.{key}";
            foreach (var entry in (Node as YamlNode.Map)?.Entries ?? [])
            {
                if (entry.Key == key)
                {
                    return Entry(entry, path);
                }
            }

            return new Field(null, path, At, KeyAt, Problems);
        }
    }

    /// <summary>A mapping's entries; none, and a problem, when it is something else.</summary>
    public IEnumerable<(string Key, Field Value)> Entries()
    {
        if (Node is YamlNode.Map map)
        {
            return Pairs(map);
        }

        WrongKind("a mapping", "Write it as keys and values.");
        return [];
    }

    /// <summary>A list's items; none, and a problem, when it is something else.</summary>
    public IEnumerable<Field> Items()
    {
        if (Node is YamlNode.List list)
        {
            return Numbered(list);
        }

        WrongKind("a list", "Write it as a list, each item behind '- '.");
        return [];
    }

    public void Error(string what, string fix, string? why = null) =>
        Problems.Add(At, Severity.Error, $"{Path} {what}", fix, why);

    public void Warning(string what, string fix, string? why = null) =>
        Problems.Add(At, Severity.Warning, $"{Path} {what}", fix, why);

    /// <summary>Says what is here and what belongs here; silent about what is absent.</summary>
    public void WrongKind(string wanted, string fix)
    {
        if (Node is not null)
        {
            Error(
                $"is {YamlWords.Describe(Node)}, where {wanted} belongs.",
                IsNull ? $"{fix} Or remove the key." : fix);
        }
    }

    /// <summary>The same where keys belong; silent about what is absent.</summary>
    public void WrongKindUnlessMap()
    {
        if (!IsMap)
        {
            WrongKind("a mapping", "Write keys with values below it.");
        }
    }

    private IEnumerable<(string Key, Field Value)> Pairs(YamlNode.Map map)
    {
        foreach (var entry in map.Entries)
        {
            yield return (entry.Key, Entry(entry, Path.Length is 0 ? entry.Key : $"{Path}.{entry.Key}"));
        }
    }

    private IEnumerable<Field> Numbered(YamlNode.List list)
    {
        for (var i = 0; i < list.Items.Count; i++)
        {
            var item = list.Items[i];
            yield return new Field(item, $"{Path}[{i}]", item.Position, item.Position, Problems);
        }
    }

    private Field Entry(YamlEntry entry, string path) => new(
        entry.Value,
        path,
        entry.Value is YamlNode.Scalar ? entry.Value.Position : entry.KeyPosition,
        entry.KeyPosition,
        Problems);
}
