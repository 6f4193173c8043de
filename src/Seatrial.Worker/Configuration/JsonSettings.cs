using System.Text.Json;
using Seatrial.Wire;

namespace Seatrial.Worker.Configuration;

/// <summary>The settings of a JSON file, under the names of their variables.</summary>
internal sealed class JsonSettings
{
    private const string ServiceName = "service_name";

    private static readonly JsonDocumentOptions _options = new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
        AllowDuplicateProperties = false,
    };

    private readonly Dictionary<string, Setting> _settings = new(StringComparer.Ordinal);
    private readonly List<ConfigurationProblem> _problems = [];
    private readonly List<string> _services = [];
    private readonly string _path;

    private JsonSettings(string path)
    {
        _path = path;
    }

    public IReadOnlyDictionary<string, Setting> Settings => _settings;

    /// <summary>Of the settings, and one of each service that is named without any.</summary>
    public IEnumerable<string> Names => _settings.Keys.Concat(_services);

    /// <summary>Whether the file could be read to its end, so that what is not in it is missing.</summary>
    public bool IsRead { get; private set; } = true;

    public IReadOnlyList<ConfigurationProblem> Problems => _problems;

    public static JsonSettings Read(string? path)
    {
        var json = new JsonSettings(path ?? "");
        if (!string.IsNullOrEmpty(path))
        {
            json.Read();
        }

        return json;
    }

    /// <summary>The key of a variable in the file: <c>worker.batch_size</c>.</summary>
    public static string KeyOf(string variable) =>
        variable[ContainerVariables.Prefix.Length..]
            .Replace(ContainerVariables.Nest, ".", StringComparison.Ordinal)
            .ToLowerInvariant();

    private void Read()
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(_path), _options);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                ReadObject(document.RootElement, ContainerVariables.Prefix, "");
            }
            else
            {
                Fault("holds no JSON object.", $"write {{ … }} into {_path}.");
            }
        }
        catch (JsonException e)
        {
            IsRead = false;
            var place = e.LineNumber is { } line ? $" at line {line + 1}, column {e.BytePositionInLine + 1}" : "";
            var reason = e.Message.Split(" LineNumber:")[0];
            Fault($"names {_path}, which is not JSON{place}: {reason}", $"correct {_path}{place}.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            IsRead = false;
            Fault($"names {_path}, which can't be read: {e.Message}", $"mount a readable file at {_path}.");
        }
    }

    private void ReadObject(JsonElement element, string prefix, string path)
    {
        foreach (var property in element.EnumerateObject())
        {
            var name = prefix + property.Name.ToUpperInvariant();
            var key = path.Length == 0 ? property.Name : $"{path}.{property.Name}";
            Read(property.Value, name, key);
        }
    }

    private void Read(JsonElement element, string name, string key)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                ReadObject(element, name + ContainerVariables.Nest, key);
                break;
            case JsonValueKind.Array when name + ContainerVariables.Nest == ContainerVariables.ServicePrefix:
                ReadServices(element, key);
                break;
            case JsonValueKind.Array:
                Fault($"holds a list at {key}, where one value belongs.", $"write one value at {key} in {_path}.");
                break;
            case JsonValueKind.Null or JsonValueKind.Undefined:
                break;
            default:
                Add(name, key, element);
                break;
        }
    }

    // A list as the data model has it: each with its name inside.
    private void ReadServices(JsonElement services, string key)
    {
        var i = 0;
        foreach (var service in services.EnumerateArray())
        {
            var place = FormattableString.Invariant($"{key}[{i++}]");
            if (service.ValueKind != JsonValueKind.Object
                || !service.TryGetProperty(ServiceName, out var name)
                || name.ValueKind != JsonValueKind.String)
            {
                Fault(
                    $"has no {ServiceName} at {place}.", $"add \"{ServiceName}\": \"prefect\" at {place} in {_path}.");
                continue;
            }

            var prefix = ContainerVariables.ServicePrefix + name.GetString()?.ToUpperInvariant()
                + ContainerVariables.Nest;
            _services.Add(prefix + "HEALTH_ENDPOINT");
            foreach (var member in service.EnumerateObject().Where(member => member.Name != ServiceName))
            {
                Read(member.Value, prefix + member.Name.ToUpperInvariant(), $"{place}.{member.Name}");
            }
        }
    }

    private void Add(string name, string key, JsonElement value)
    {
        var text = value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()?.Trim() ?? "",
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            _ => value.GetRawText(),
        };
        if (text.Length > 0)
        {
            _settings[name] = new Setting(text, $"{ConfigurationValue.FromJson}{_path}:{key}", $"{_path}:{key}");
        }
    }

    private void Fault(string what, string fix) =>
        _problems.Add(new ConfigurationProblem(ContainerVariables.ConfigFile, what, fix));
}
