using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Compose.Merging;

/// <summary>
/// Lays one tree over another: a later file over an earlier one, a service over the one that it extends. Every value
/// keeps the place in the file where it is written.
/// </summary>
internal sealed class TreeMerger(ProblemList problems)
{
    /// <summary>The tree with what its tags say done, where nothing is below it; null when nothing is left.</summary>
    public static YamlNode? Settle(YamlNode node) => node switch
    {
        { Tag: MergeTag.Reset } => null,
        YamlNode.Map map when map.Tag is MergeTag.Override || map.Entries.Any(IsUnsettled) => new YamlNode.Map(
            map.Position,
            [.. map.Entries.SelectMany<YamlEntry, YamlEntry>(
                entry => Settle(entry.Value) is { } value ? [entry with { Value = value }] : [])]),
        YamlNode.List list when list.Tag is MergeTag.Override || list.Items.Any(IsUnsettled) =>
            new YamlNode.List(list.Position, [.. list.Items.Select(Settle).OfType<YamlNode>()]),
        YamlNode.Scalar { Tag: MergeTag.Override } scalar => scalar with { Tag = MergeTag.None },
        _ => node,
    };

    /// <summary>The upper tree over the lower one; null when nothing is left.</summary>
    public YamlNode? Merge(YamlNode lower, YamlNode upper, string pattern)
    {
        var rule = MergeRules.Of(pattern);
        if (upper.Tag is not MergeTag.None || rule is MergeRule.Replace)
        {
            return Settle(upper);
        }

        if (upper is YamlNode.Scalar { Kind: ScalarKind.Null })
        {
            return lower;
        }

        if (lower is YamlNode.Scalar { Kind: ScalarKind.Null })
        {
            return Settle(upper);
        }

        return ByRule(rule, lower, upper, pattern) ?? Otherwise(lower, upper, pattern);
    }

    private static bool IsUnsettled(YamlEntry entry) => IsUnsettled(entry.Value);

    // Large trees have no tags for the most part, and are then left as they are.
    private static bool IsUnsettled(YamlNode node) => node.Tag is not MergeTag.None || node switch
    {
        YamlNode.Map map => map.Entries.Any(IsUnsettled),
        YamlNode.List list => list.Items.Any(IsUnsettled),
        _ => false,
    };

    private YamlNode? ByRule(MergeRule rule, YamlNode lower, YamlNode upper, string pattern) => rule switch
    {
        MergeRule.Deep or MergeRule.Replace => null,
        MergeRule.Pairs => Both(Forms.Pairs, lower, upper, (one, other) => Keys(one, other, pattern, replaces: true)),
        MergeRule.Build => Both(Forms.Build, lower, upper, (one, other) => Keys(one, other, pattern)),
        MergeRule.Names => Both(
            node => Forms.Names(node, Forms.Nothing), lower, upper, (one, other) => Keys(one, other, pattern)),
        MergeRule.Dependencies => Both(
            node => Forms.Names(node, Forms.Started), lower, upper, (one, other) => Keys(one, other, pattern)),
        MergeRule.Logging => Driver(lower) is { } one && Driver(upper) is { } other && one != other
            ? Settle(upper)
            : null,
        MergeRule.Texts or MergeRule.Items => Both(
            Forms.Items, lower, upper, (one, other) => Items(one, other, pattern)),
    };

    private YamlNode Otherwise(YamlNode lower, YamlNode upper, string pattern)
    {
        switch (lower, upper)
        {
            case (YamlNode.Map one, YamlNode.Map other):
                return Keys(one, other, pattern);
            case (YamlNode.List one, YamlNode.List other):
                return Items(one, other, pattern);
            case (YamlNode.Scalar, YamlNode.Scalar):
                return upper;
            default:
                problems.Add(
                    upper.Position, Severity.Error,
                    $"{pattern} is {YamlWords.Describe(upper)}, laid over {YamlWords.Describe(lower)}.",
                    "Write both in one form, or !override before this one.",
                    $"The other stands at {lower.Position}.");
                return upper;
        }
    }

    private static YamlNode? Both<T>(
        Func<YamlNode, T?> form, YamlNode lower, YamlNode upper, Func<T, T, YamlNode> merge)
        where T : YamlNode =>
        form(lower) is { } one && form(upper) is { } other ? merge(one, other) : null;

    private YamlNode.Map Keys(YamlNode.Map lower, YamlNode.Map upper, string pattern, bool replaces = false)
    {
        var entries = new OrderedDictionary<string, YamlEntry>();
        foreach (var entry in lower.Entries)
        {
            entries[entry.Key] = entry;
        }

        foreach (var entry in upper.Entries)
        {
            var merged = entries.TryGetValue(entry.Key, out var below) && !replaces
                ? Merge(below.Value, entry.Value, MergeRules.Below(pattern, entry.Key))
                : Settle(entry.Value);
            if (merged is null)
            {
                entries.Remove(entry.Key);
            }
            else
            {
                entries[entry.Key] = entry with { Value = merged };
            }
        }

        return new YamlNode.Map(upper.Position, [.. entries.Values]);
    }

    private static YamlNode.List Items(YamlNode.List lower, YamlNode.List upper, string pattern)
    {
        var isKeyed = MergeRules.Of(pattern) is MergeRule.Items or MergeRule.Texts;
        var items = lower.Items.ToList();
        var places = new Dictionary<string, int>();
        for (var i = 0; isKeyed && i < items.Count; i++)
        {
            if (ItemKeys.Of(pattern, items[i]) is { } key)
            {
                places[key] = i;
            }
        }

        foreach (var item in upper.Items.Select(Settle).OfType<YamlNode>())
        {
            if (isKeyed && ItemKeys.Of(pattern, item) is { } key && places.TryGetValue(key, out var place))
            {
                items[place] = item;
            }
            else
            {
                items.Add(item);
            }
        }

        return new YamlNode.List(upper.Position, items);
    }

    private static string? Driver(YamlNode node) =>
        ((node as YamlNode.Map)?.Entries.FirstOrDefault(entry => entry.Key is "driver")?.Value as YamlNode.Scalar)
            ?.Text;
}
