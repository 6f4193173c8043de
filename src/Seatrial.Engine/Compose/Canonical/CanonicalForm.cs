using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Compose.Canonical;

/// <summary>
/// A project as one Compose file in Compose's canonical form: long forms, absolute paths, values in place of variables.
/// Read again, it gives the same project. What Seatrial reads but does not honour is in it as it was written.
/// </summary>
internal static class CanonicalForm
{
    private static readonly string[] _written =
        ["name", "services", "networks", "volumes", "secrets", "configs", "version"];

    public static YamlNode.Map Of(ComposeProject project, YamlNode? written)
    {
        var entries = new List<YamlEntry>();
        Add("name", MapBuilder.Text(project.Name));
        Add("services", Section(
            "services", project.Services, (service, raw) => CanonicalService.Of(service, raw)));
        Add("networks", Section("networks", project.Networks, CanonicalResources.Of));
        Add("volumes", Section("volumes", project.Volumes, CanonicalResources.Of));
        Add("secrets", Section("secrets", project.Secrets, CanonicalResources.Of));
        Add("configs", Section("configs", project.Configs, CanonicalResources.Of));
        entries.AddRange(((written as YamlNode.Map)?.Entries ?? []).Where(entry => !_written.Contains(entry.Key)));
        return (YamlNode.Map)Escaped(new YamlNode.Map(MapBuilder.Nowhere, entries));

        void Add(string key, YamlNode? value)
        {
            if (value is not null)
            {
                entries.Add(new YamlEntry(key, MapBuilder.Nowhere, value));
            }
        }

        YamlNode? Section<T>(string key, IReadOnlyDictionary<string, T> values, Func<T, YamlNode?, YamlNode> form)
        {
            var raw = MapBuilder.Under(written, key);
            return values.Count is 0 ? null : new YamlNode.Map(
                MapBuilder.Nowhere,
                [.. values.Select(value => new YamlEntry(
                    value.Key, MapBuilder.Nowhere, form(value.Value, MapBuilder.Under(raw, value.Key))))]);
        }
    }

    // What is read again is interpolated again.
    private static YamlNode Escaped(YamlNode node) => node switch
    {
        YamlNode.Map map => new YamlNode.Map(
            map.Position, [.. map.Entries.Select(entry => entry with { Value = Escaped(entry.Value) })]),
        YamlNode.List list => new YamlNode.List(list.Position, [.. list.Items.Select(Escaped)]),
        YamlNode.Scalar scalar when scalar.Text.Contains('$') =>
            scalar with { Text = scalar.Text.Replace("$", "$$", StringComparison.Ordinal) },
        _ => node,
    };
}
