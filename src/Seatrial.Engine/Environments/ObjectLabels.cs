using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Seatrial.Engine.Compose;

namespace Seatrial.Engine.Environments;

/// <summary>The labels of a run's objects: the run's own, and those by which Compose's tools know a project.</summary>
internal sealed class ObjectLabels(ComposeProject project, EnvironmentOptions options, string projectName)
{
    private const string Prefix = "com.docker.compose.";

    private static readonly string _version = typeof(ObjectLabels).Assembly.GetName().Version?.ToString(3) ?? "0";

    public Dictionary<string, string> OfContainer(ComposeService service, int number) => Of(service.Labels, new()
    {
        [RunLabels.Service] = service.Name,
        [RunLabels.Number] = number.ToString(CultureInfo.InvariantCulture),
        [Prefix + "oneoff"] = "False",
        [RunLabels.ConfigurationHash] = ServiceHashes.Of(service),
        [RunLabels.Parts] = ConfigurationParts.Of(service),
        [RunLabels.DependsOn] = string.Join(',', service.DependsOn.Select(DependsOn)),
        [Prefix + "project.config_files"] = project.File,
        [Prefix + "project.working_dir"] = project.Directory,
    });

    public Dictionary<string, string> OfNetwork(string key, ComposeNetwork network) => Of(network.Labels, new()
    {
        [RunLabels.NetworkKey] = key,
        [RunLabels.ConfigurationHash] = Hash(network),
    });

    public Dictionary<string, string> OfVolume(string key, ComposeVolume volume) => Of(volume.Labels, new()
    {
        [RunLabels.VolumeKey] = key,
        [RunLabels.ConfigurationHash] = Hash(volume),
    });

    private static string Hash<T>(T declaration) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(declaration)));

    private static string DependsOn(ComposeDependency dependency) => dependency.Condition switch
    {
        DependencyCondition.Started => $"{dependency.Service}:service_started:false",
        DependencyCondition.Healthy => $"{dependency.Service}:service_healthy:false",
        DependencyCondition.CompletedSuccessfully => $"{dependency.Service}:service_completed_successfully:false",
    };

    private Dictionary<string, string> Of(IReadOnlyDictionary<string, string> declared, Dictionary<string, string> own)
    {
        own[RunLabels.Project] = projectName;
        own[Prefix + "version"] = _version;
        own[RunLabels.Run] = options.RunId;
        own[RunLabels.Owner] = options.Owner.ToString();
        if (options.Keep)
        {
            own[RunLabels.Keep] = "true";
        }

        foreach (var (name, value) in declared)
        {
            own.TryAdd(name, value);
        }

        return own;
    }
}
