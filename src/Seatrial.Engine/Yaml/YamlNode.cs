namespace Seatrial.Engine.Yaml;

/// <summary>A value of a YAML file with its place; anchors and merge keys are resolved.</summary>
internal abstract record YamlNode
{
    private YamlNode(SourcePosition position, long size) => (Position, Size) = (position, size);

    public SourcePosition Position { get; }

    /// <summary>Values in it, itself included, with what anchors repeat counted each time.</summary>
    public long Size { get; }

    /// <summary>What the file says is to happen to the value below it.</summary>
    public MergeTag Tag { get; init; }

    /// <summary>
    /// A text, number, truth value or nothing; <paramref name="Plain"/> when it stands without quotes.
    /// </summary>
    internal sealed record Scalar(SourcePosition Position, string Text, bool Plain) : YamlNode(Position, 1)
    {
        public ScalarKind Kind { get; } = Plain ? ScalarKinds.Of(Text) : ScalarKind.Text;
    }

    /// <summary>A list.</summary>
    internal sealed record List(SourcePosition Position, IReadOnlyList<YamlNode> Items)
        : YamlNode(Position, 1 + Items.Sum(item => item.Size));

    /// <summary>A mapping, its entries in the file's order, those of merge keys last.</summary>
    internal sealed record Map(SourcePosition Position, IReadOnlyList<YamlEntry> Entries)
        : YamlNode(Position, 1 + Entries.Sum(entry => entry.Value.Size));
}

/// <summary>One entry of a mapping.</summary>
internal sealed record YamlEntry(string Key, SourcePosition KeyPosition, YamlNode Value);
