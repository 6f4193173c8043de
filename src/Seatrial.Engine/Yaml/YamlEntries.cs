namespace Seatrial.Engine.Yaml;

/// <summary>Gathers a mapping's entries: keys once each, and what <c>&lt;&lt;</c> brings in behind them.</summary>
internal sealed class YamlEntries(ProblemList problems)
{
    private const string MergeKey = "<<";

    private readonly List<YamlEntry> _own = [];
    private readonly Dictionary<string, SourcePosition> _seen = [];
    private YamlNode? _merged;

    /// <summary>Takes an entry as written.</summary>
    public void Add(YamlNode key, YamlNode value)
    {
        if (key is not YamlNode.Scalar { Kind: not ScalarKind.Null } name)
        {
            problems.Add(key.Position, Severity.Error, "A key is not text.", "Write each key as text.");
        }
        else if (!_seen.TryAdd(name.Text, name.Position))
        {
            problems.Add(
                name.Position, Severity.Error, $"The key {name.Text} stands twice in one mapping.",
                $"Keep one of them; the first is in line {_seen[name.Text].Line}.");
        }
        else if (name is { Text: MergeKey, Plain: true })
        {
            _merged = value;
        }
        else
        {
            _own.Add(new YamlEntry(name.Text, name.Position, value));
        }
    }

    /// <summary>The entries; own ones win over merged ones, earlier merged mappings over later ones.</summary>
    public IReadOnlyList<YamlEntry> Merged()
    {
        foreach (var map in MergedMaps())
        {
            foreach (var entry in map.Entries)
            {
                if (_seen.TryAdd(entry.Key, entry.KeyPosition))
                {
                    _own.Add(entry);
                }
            }
        }

        return _own;
    }

    private List<YamlNode.Map> MergedMaps()
    {
        var maps = new List<YamlNode.Map>();
        var nodes = _merged is YamlNode.List list ? list.Items : new[] { _merged }.OfType<YamlNode>();
        foreach (var node in nodes)
        {
            if (node is YamlNode.Map map)
            {
                maps.Add(map);
                continue;
            }

            problems.Add(
                node.Position, Severity.Error, "The merge key << takes mappings, and this is none.",
                "Write << with an alias of a mapping, or with a list of such aliases.");
        }

        return maps;
    }
}
