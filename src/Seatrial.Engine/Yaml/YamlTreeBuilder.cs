using Seatrial.Engine.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Seatrial.Engine.Yaml;

/// <summary>
/// Builds the tree of one document from the parser's events. What is wrong but leaves a tree is noted and passed over;
/// a null stands for a document that can't be followed further, its problem told.
/// </summary>
internal sealed class YamlTreeBuilder(string file, IParser parser, bool takesMergeTags, ProblemList problems)
{
    // Recursion, and aliases of aliases, are bounded: a hostile file ends in a problem, not in a dead process.
    private const int DeepestNesting = 100;
    private const long LargestDocument = 100_000;

    private readonly Dictionary<string, YamlNode> _anchors = [];
    private readonly Stack<SourcePosition> _open = [];

    /// <summary>Where the innermost list or mapping begins that has not ended.</summary>
    public SourcePosition? InnermostOpen => _open.TryPeek(out var at) ? at : null;

    /// <summary>Anchors do not reach from one document into the next.</summary>
    public void ForgetAnchors() => _anchors.Clear();

    /// <summary>Reads the node that the parser stands before, and passes it.</summary>
    public YamlNode? Build() => Build(0);

    private YamlNode? Build(int depth)
    {
        if (parser.TryConsume<AnchorAlias>(out var alias))
        {
            return Resolve(alias);
        }

        var start = parser.Consume<NodeEvent>();
        var at = Position(start);
        if (depth > DeepestNesting)
        {
            return GiveUp(at, $"Values are nested more than {DeepestNesting} levels deep.", "Flatten them.");
        }

        YamlNode? node = start switch
        {
            Scalar scalar => ReadScalar(scalar, at),
            SequenceStart => ReadList(at, depth),
            _ => ReadMap(at, depth),
        };
        if (node?.Size > LargestDocument)
        {
            return GiveUp(
                at, $"This holds more than {LargestDocument:N0} values with its aliases.", "Repeat less by aliases.");
        }

        if (node is not null && TagOf(start.Tag, at) is var tag and not MergeTag.None)
        {
            node = node with { Tag = tag };
        }

        if (node is not null && !start.Anchor.IsEmpty)
        {
            _anchors[start.Anchor.Value] = node;
        }

        return node;
    }

    private static YamlNode.Scalar ReadScalar(Scalar scalar, SourcePosition at)
    {
        var isText = scalar.Tag is { IsEmpty: false }
            && (scalar.Tag.IsNonSpecific || scalar.Tag.Value == StandardTag("str"));
        return new YamlNode.Scalar(at, scalar.Value, scalar.Style is ScalarStyle.Plain && !isText);
    }

    private YamlNode.List? ReadList(SourcePosition at, int depth)
    {
        _open.Push(at);
        var items = new List<YamlNode>();
        while (!parser.TryConsume<SequenceEnd>(out _))
        {
            if (Build(depth + 1) is not { } item)
            {
                return null;
            }

            items.Add(item);
        }

        _open.Pop();
        return new YamlNode.List(at, items);
    }

    private YamlNode.Map? ReadMap(SourcePosition at, int depth)
    {
        _open.Push(at);
        var entries = new YamlEntries(problems);
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            if (Build(depth + 1) is not { } key || Build(depth + 1) is not { } value)
            {
                return null;
            }

            entries.Add(key, value);
        }

        _open.Pop();
        return new YamlNode.Map(at, entries.Merged());
    }

    private YamlNode Resolve(AnchorAlias alias)
    {
        var at = Position(alias);
        if (_anchors.TryGetValue(alias.Value.Value, out var node))
        {
            return node;
        }

        problems.Add(
            at, Severity.Error, $"The alias *{alias.Value.Value} has no anchor &{alias.Value.Value} before it.",
            Suggestions.DidYouMean(alias.Value.Value, _anchors.Keys) + "Set the anchor above, or mend the name.");
        return new YamlNode.Scalar(at, "", Plain: true);
    }

    private MergeTag TagOf(TagName tag, SourcePosition at)
    {
        if (tag.IsEmpty || tag.IsNonSpecific || tag.Value.StartsWith(StandardTag(""), StringComparison.Ordinal))
        {
            return MergeTag.None;
        }

        switch (tag.Value)
        {
            case "!reset" when takesMergeTags:
                return MergeTag.Reset;
            case "!override" when takesMergeTags:
                return MergeTag.Override;
            case "!reset" or "!override":
                problems.Add(
                    at, Severity.Warning,
                    $"The tag {tag.Value} is not honoured: there is no file below this one to act on.",
                    "Remove the tag.");
                return MergeTag.None;
            default:
                problems.Add(at, Severity.Error, $"The tag {tag.Value} is not known.", "Remove the tag.");
                return MergeTag.None;
        }
    }

    private static string StandardTag(string name) => "tag:yaml.org,2002:" + name;

    private YamlNode? GiveUp(SourcePosition at, string what, string fix)
    {
        problems.Add(at, Severity.Error, what, fix);
        return null;
    }

    private SourcePosition Position(ParsingEvent start) => new(file, (int)start.Start.Line, (int)start.Start.Column);
}
