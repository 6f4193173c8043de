using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Compose.Loading;

/// <summary>Services of a document, and of what is below it, that others may extend.</summary>
internal sealed class ServiceSource(string file, FileScope scope, YamlNode.Map document, YamlNode.Map? below)
{
    private readonly Dictionary<string, YamlEntry> _services = Services(below).Concat(Services(document))
        .GroupBy(entry => entry.Key)
        .ToDictionary(group => group.Key, group => group.Last());

    public string File => file;

    public FileScope Scope => scope;

    public IReadOnlyCollection<string> Names => _services.Keys;

    /// <summary>Those that are filled in.</summary>
    public Dictionary<string, YamlNode> Done { get; } = [];

    public YamlEntry? Find(string name) => _services.GetValueOrDefault(name);

    /// <summary>The entries under <c>services</c>.</summary>
    public static IReadOnlyList<YamlEntry> Services(YamlNode.Map? document) =>
        (document?.Entries.FirstOrDefault(entry => entry.Key is "services")?.Value as YamlNode.Map)?.Entries ?? [];
}
