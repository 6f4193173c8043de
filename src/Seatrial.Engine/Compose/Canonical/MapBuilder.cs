using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Compose.Canonical;

/// <summary>A mapping in the making; what is null is left out.</summary>
internal sealed class MapBuilder
{
    private readonly SortedDictionary<string, YamlNode> _entries = new(StringComparer.Ordinal);

    public static SourcePosition Nowhere { get; } = new("", 1, 1);

    public MapBuilder Add(string key, YamlNode? value)
    {
        if (value is not null)
        {
            _entries[key] = value;
        }

        return this;
    }

    public MapBuilder Text(string key, string? value) => Add(key, value is null ? null : Text(value));

    public MapBuilder Number(string key, long? value) =>
        Add(key, value is null ? null : new YamlNode.Scalar(Nowhere, $"{value}", Plain: true));

    /// <summary>A number that Compose writes as text.</summary>
    public MapBuilder Size(string key, long? value) => Text(key, value?.ToString());

    public MapBuilder Truth(string key, bool value) => Add(key, value ? Truth(true) : null);

    public MapBuilder Time(string key, TimeSpan? value) =>
        Text(key, value is { } time ? Engine.Text.Durations.Format(time) : null);

    public MapBuilder Texts(string key, IReadOnlyList<string> values) =>
        Add(key, values.Count is 0 ? null : List(values.Select(Text)));

    public MapBuilder Pairs(string key, IReadOnlyDictionary<string, string> pairs) =>
        Add(key, pairs.Count is 0 ? null : Named(pairs, Text));

    /// <summary>What the file says and the model does not have, where nothing else stands under the key.</summary>
    public MapBuilder Rest(YamlNode? written, KeyShape shape)
    {
        foreach (var entry in (written as YamlNode.Map)?.Entries ?? [])
        {
            if (!shape.Honoured.ContainsKey(entry.Key))
            {
                _entries.TryAdd(entry.Key, entry.Value);
            }
        }

        return this;
    }

    /// <summary>Null when it is empty.</summary>
    public YamlNode.Map? OrNothing() => _entries.Count is 0 ? null : Build();

    public YamlNode.Map Build() =>
        new(Nowhere, [.. _entries.Select(entry => new YamlEntry(entry.Key, Nowhere, entry.Value))]);

    public static YamlNode Text(string text) => new YamlNode.Scalar(Nowhere, text, Plain: false);

    public static YamlNode Truth(bool value) => new YamlNode.Scalar(Nowhere, value ? "true" : "false", Plain: true);

    public static YamlNode List(IEnumerable<YamlNode> items) => new YamlNode.List(Nowhere, [.. items]);

    /// <summary>A mapping whose keys are names, in their order.</summary>
    public static YamlNode.Map Named<T>(IEnumerable<KeyValuePair<string, T>> values, Func<T, YamlNode> form) =>
        new(Nowhere, [.. values.Select(value => new YamlEntry(value.Key, Nowhere, form(value.Value)))]);

    /// <summary>The value under a key of what the file says.</summary>
    public static YamlNode? Under(YamlNode? written, string key) =>
        (written as YamlNode.Map)?.Entries.FirstOrDefault(entry => entry.Key == key)?.Value;

    /// <summary>The item of a written list whose key has a value.</summary>
    public static YamlNode? Item(YamlNode? written, string key, string value) =>
        (written as YamlNode.List)?.Items.FirstOrDefault(
            item => Under(item, key) is YamlNode.Scalar scalar && scalar.Text == value);
}
