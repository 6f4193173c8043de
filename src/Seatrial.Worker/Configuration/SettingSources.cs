using Seatrial.Wire;

namespace Seatrial.Worker.Configuration;

/// <summary>
/// Where settings come from: variables, files that variables name, and a JSON file, which those win over. Remembers
/// each name that was asked for, and each file that was read.
/// </summary>
internal sealed class SettingSources
{
    private readonly IReadOnlyDictionary<string, string> _variables;
    private readonly JsonSettings _json;
    private readonly HashSet<string> _known = new(StringComparer.Ordinal) { ContainerVariables.ConfigFile };
    private readonly HashSet<string> _files = new(StringComparer.Ordinal);
    private readonly List<ConfigurationProblem> _problems = [];

    public SettingSources(IReadOnlyDictionary<string, string> variables)
    {
        _variables = variables;
        var file = Trimmed(ContainerVariables.ConfigFile);
        _json = JsonSettings.Read(file);
        _problems.AddRange(_json.Problems);
        if (file is not null)
        {
            _files.Add(file);
        }
    }

    public IReadOnlyList<ConfigurationProblem> Problems => _problems;

    /// <summary>Their content decides about the configuration.</summary>
    public IReadOnlyCollection<string> Files => _files;

    /// <summary>Of variables, and of keys of the JSON file as variables.</summary>
    public IEnumerable<string> Names => _variables.Keys.Concat(_json.Names);

    public void Fault(string place, string what, string fix) =>
        _problems.Add(new ConfigurationProblem(place, what, fix));

    /// <summary>A variable of another program, such as <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>.</summary>
    public Setting? Foreign(string name) =>
        Trimmed(name) is { } value ? new Setting(value, $"{ConfigurationValue.FromVariable} {name}", name) : null;

    /// <summary>Null when it is not set, or set to nothing.</summary>
    public Setting? Find(string name)
    {
        var twin = name + ContainerVariables.FileSuffix;
        _known.Add(name);
        _known.Add(twin);
        var (value, file) = (Trimmed(name), Trimmed(twin));
        if (value is not null && file is not null)
        {
            Fault(name, $"is set, and so is {twin}: which one holds is unclear.", $"unset {name} or {twin}.");
        }

        if (file is not null)
        {
            return Content(twin, file, name);
        }

        if (value is not null)
        {
            return new Setting(value, ConfigurationValue.FromVariable, name);
        }

        return _json.Settings.TryGetValue(twin, out var named)
            ? Content(named.Place, named.Text, name)
            : _json.Settings.GetValueOrDefault(name);
    }

    /// <summary>Whether what was not found is not there: it may be in a file that could not be read.</summary>
    public bool AreComplete => _json.IsRead;

    /// <summary>Whether it is there and holds nothing.</summary>
    public bool IsEmpty(string name) => _variables.ContainsKey(name);

    /// <summary>Warns of each <c>CONTAINER_</c> variable and each key that nobody asked for.</summary>
    public void WarnOfUnknown()
    {
        foreach (var name in _variables.Keys.Order(StringComparer.Ordinal))
        {
            if (name.StartsWith(ContainerVariables.Prefix, StringComparison.OrdinalIgnoreCase)
                && !_known.Contains(name))
            {
                var nearest = NearestName.Of(name, _known);
                Warn(
                    name, "is not a variable that a worker knows; it has no effect.",
                    nearest is null ? $"remove {name}." : $"did you mean {nearest}?");
            }
        }

        foreach (var name in _json.Settings.Keys.Order(StringComparer.Ordinal))
        {
            if (!_known.Contains(name))
            {
                var setting = _json.Settings[name];
                var nearest = NearestName.Of(name, _known);
                Warn(
                    setting.Place, "is not a setting that a worker knows; it has no effect.",
                    nearest is null ? $"remove {setting.Place}." : $"did you mean {JsonSettings.KeyOf(nearest)}?");
            }
        }
    }

    private void Warn(string place, string what, string fix) =>
        _problems.Add(new ConfigurationProblem(place, what, fix, IsError: false));

    private string? Trimmed(string name) =>
        _variables.GetValueOrDefault(name)?.Trim() is { Length: > 0 } value ? value : null;

    private Setting? Content(string place, string file, string name)
    {
        _files.Add(file);
        try
        {
            var content = File.ReadAllText(file).Trim();
            if (content.Length > 0)
            {
                return new Setting(content, ConfigurationValue.FromFile + file, name);
            }

            Fault(place, $"names {file}, which is empty.", $"write the value into {file}.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            Fault(place, $"names {file}, which can't be read: {e.Message}", $"mount a readable file at {file}.");
        }

        return null;
    }
}
