using Seatrial.Engine.Compose;
using Seatrial.Engine.Drivers;

namespace Seatrial.Engine.Environments;

/// <summary>From the file's keys to names on the engine, unique to the run but where the user fixed them.</summary>
internal sealed class Naming(ComposeProject project, EnvironmentOptions options)
{
    private readonly ObjectLabels _labels = new(project, options, NameOf(project, options));

    public EnvironmentOptions Options => options;

    public string Project { get; } = NameOf(project, options);

    public SourcePosition PositionOf(ComposeService service) => project.PositionOf($"services.{service.Name}");

    /// <summary>Those that the services use and the run owns.</summary>
    public IEnumerable<NetworkRequest> Networks(IEnumerable<ComposeService> services) => services
        .SelectMany(service => service.Networks.Keys)
        .Distinct()
        .Where(key => !NetworkOf(key).External)
        .Select(key => new NetworkRequest(NetworkName(key), NetworkOf(key), _labels.OfNetwork(key, NetworkOf(key))));

    /// <summary>Those that the services use and the run owns.</summary>
    public IEnumerable<VolumeRequest> Volumes(IEnumerable<ComposeService> services) => services
        .SelectMany(service => service.Mounts)
        .Where(mount => mount.Kind is MountKind.Volume)
        .Select(mount => mount.Source)
        .OfType<string>()
        .Distinct()
        .Where(key => !VolumeOf(key).External)
        .Select(key => new VolumeRequest(VolumeName(key), VolumeOf(key), _labels.OfVolume(key, VolumeOf(key))));

    public ContainerRequest Container(ComposeService service, int number) => new()
    {
        Name = service.ContainerName ?? $"{Project}-{service.Name}-{number}",
        Image = options.Images.GetValueOrDefault(service.Name) ?? project.ImageOf(service),
        Service = options.Supervised && service.Deploy.RestartPolicy is not null
            ? service with { Restart = "no" }
            : service,
        Labels = _labels.OfContainer(service, number),
        Networks = service.Networks
            .OrderByDescending(network => service.Endpoints.GetValueOrDefault(network.Key)?.Priority ?? 0)
            .ToDictionary(
                network => NetworkName(network.Key),
                IReadOnlyList<string> (network) => [.. network.Value.Prepend(service.Name).Distinct()]),
        Endpoints = service.Endpoints.ToDictionary(place => NetworkName(place.Key), place => place.Value),
        Links =
        [
            .. service.Links.SelectMany(link => link.Value.Select(name => $"{FirstContainer(link.Key)}:{name}")),
        ],
        NetworkMode = Shared(service.NetworkMode),
        Isolation = service.Isolation with
        {
            Pid = Shared(service.Isolation.Pid),
            Ipc = Shared(service.Isolation.Ipc),
        },
        Mounts =
        [
            .. service.Mounts.Select(mount => mount is { Kind: MountKind.Volume, Source: not null }
                ? mount with { Source = VolumeName(mount.Source) }
                : mount),
            .. GrantedFiles.Mounts(service, project),
        ],
        Files = GrantedFiles.Of(service, project),
    };

    private static string NameOf(ComposeProject project, EnvironmentOptions options) =>
        options.ProjectName ?? $"{project.Name}-{options.RunId}";

    /// <summary><c>service:db</c> as <c>container:NAME</c>, by the name of its first container.</summary>
    private string? Shared(string? mode)
    {
        const string Prefix = "service:";
        return mode?.StartsWith(Prefix, StringComparison.Ordinal) is true
            ? $"container:{FirstContainer(mode[Prefix.Length..])}"
            : mode;
    }

    private string FirstContainer(string service) =>
        project.Services.GetValueOrDefault(service)?.ContainerName ?? $"{Project}-{service}-1";

    private ComposeNetwork NetworkOf(string key) => project.Networks.GetValueOrDefault(key) ?? new ComposeNetwork();

    private ComposeVolume VolumeOf(string key) => project.Volumes.GetValueOrDefault(key) ?? new ComposeVolume();

    private string NetworkName(string key) => NetworkOf(key) switch
    {
        { Name: { } name } => name,
        { External: true } => key,
        _ => $"{Project}_{key}",
    };

    private string VolumeName(string key) => VolumeOf(key) switch
    {
        { Name: { } name } => name,
        { External: true } => key,
        _ => $"{Project}_{key}",
    };
}
