using Docker.DotNet.Models;
using Seatrial.Engine.Compose;
using Seatrial.Engine.Drivers;
using Version = System.Version;

namespace Seatrial.Docker;

/// <summary>From a request to what the engine's API takes.</summary>
internal static class ContainerParameters
{
    /// <summary>
    /// From this version on, a health check may have a start interval, and a container several networks at once.
    /// </summary>
    private static readonly Version _several = new(1, 44);

    /// <summary>The parameters, with the first network only where the engine takes no more.</summary>
    public static CreateContainerParameters From(ContainerRequest request, Version apiVersion)
    {
        var service = request.Service;
        var parameters = new CreateContainerParameters
        {
            Name = request.Name,
            Image = request.Image,
            Hostname = service.Hostname ?? "",
            User = service.User ?? "",
            WorkingDir = service.WorkingDir ?? "",
            Env = [.. service.Environment.Select(variable => $"{variable.Key}={variable.Value}")],
            Labels = request.Labels.ToDictionary(),
            StopSignal = service.StopSignal ?? "",
            StopTimeout = service.StopGracePeriod,
            Healthcheck = HealthcheckOf(service.Healthcheck, apiVersion),
            ExposedPorts = service.Ports.Select(PortKey).Distinct().ToDictionary(key => key, _ => default(EmptyStruct)),
            HostConfig = HostConfigOf(request),
            NetworkingConfig = new NetworkingConfig
            {
                EndpointsConfig = request.Networks
                    .Take(apiVersion < _several ? 1 : int.MaxValue)
                    .ToDictionary(network => network.Key, network => Endpoint(network.Value)),
            },
        };
        if (service.Command is not null)
        {
            parameters.Cmd = [.. service.Command];
        }

        if (service.Entrypoint is not null)
        {
            // One empty word is the engine's way to say "none, and not the image's command either".
            parameters.Entrypoint = service.Entrypoint.Count is 0 ? [""] : [.. service.Entrypoint];
        }

        return parameters;
    }

    /// <summary>The networks that have to be connected after the creation.</summary>
    public static IEnumerable<KeyValuePair<string, EndpointSettings>> LaterNetworks(
        ContainerRequest request, Version apiVersion) =>
        apiVersion < _several
            ? request.Networks.Skip(1).Select(network => KeyValuePair.Create(network.Key, Endpoint(network.Value)))
            : [];

    private static EndpointSettings Endpoint(IReadOnlyList<string> aliases) => new() { Aliases = [.. aliases] };

    private static HostConfig HostConfigOf(ContainerRequest request)
    {
        var service = request.Service;
        return new HostConfig
        {
            NetworkMode = request.Networks.Keys.FirstOrDefault("none"),
            PortBindings = PortBindings(service.Ports),
            RestartPolicy = RestartPolicyOf(service.Restart),
            CapAdd = [.. service.CapAdd],
            CapDrop = [.. service.CapDrop],
            SecurityOpt = [.. service.SecurityOpt],
            ReadonlyRootfs = service.ReadOnly,
            Privileged = service.Privileged,
            Init = service.Init ? true : null,
            ShmSize = service.ShmSize ?? 0,
            NanoCPUs = (long)Math.Round((service.Limits.Cpus ?? 0) * 1e9),
            Memory = service.Limits.Memory ?? 0,
            PidsLimit = service.Limits.Pids,
            Binds = [.. request.Mounts.Where(IsPlainBind).Select(BindOf)],
            Mounts = [.. request.Mounts.Where(mount => !IsPlainBind(mount)).Select(MountOf)],
        };
    }

    private static HealthcheckConfig? HealthcheckOf(ComposeHealthcheck? check, Version apiVersion) => check is null
        ? null
        : new HealthcheckConfig
        {
            // An empty test is the image's.
            Test = [.. check.Test ?? []],
            Interval = check.Interval,
            Timeout = check.Timeout,
            StartPeriod = check.StartPeriod,
            StartInterval = apiVersion < _several ? null : check.StartInterval,
            Retries = check.Retries,
        };

    private static string PortKey(ComposePort port) => $"{port.ContainerPort}/{port.Protocol}";

    private static Dictionary<string, IList<PortBinding>> PortBindings(IReadOnlyList<ComposePort> ports) => ports
        .GroupBy(PortKey)
        .ToDictionary(
            group => group.Key,
            IList<PortBinding> (group) => [.. group.Select(port => new PortBinding
            {
                HostIP = port.HostIp ?? "",
                HostPort = port.HostPort?.ToString() ?? "",
            })]);

    private static RestartPolicy RestartPolicyOf(string restart)
    {
        var parts = restart.Split(':');
        return new RestartPolicy
        {
            Name = parts[0] switch
            {
                "always" => RestartPolicyKind.Always,
                "unless-stopped" => RestartPolicyKind.UnlessStopped,
                "on-failure" => RestartPolicyKind.OnFailure,
                _ => RestartPolicyKind.No,
            },
            MaximumRetryCount = parts.Length > 1 ? int.Parse(parts[1]) : 0,
        };
    }

    /// <summary>
    /// The short form makes a missing host folder, as Compose promises; a colon in the path needs the long one.
    /// </summary>
    private static bool IsPlainBind(ComposeMount mount) =>
        mount is { Kind: MountKind.Bind, Source: not null } && !(mount.Source + mount.Target).Contains(':');

    private static string BindOf(ComposeMount mount) => $"{mount.Source}:{mount.Target}{(mount.ReadOnly ? ":ro" : "")}";

    private static Mount MountOf(ComposeMount mount) => new()
    {
        Type = mount.Kind switch
        {
            MountKind.Bind => "bind",
            MountKind.Volume => "volume",
            MountKind.Tmpfs => "tmpfs",
        },
        Source = mount.Source ?? "",
        Target = mount.Target,
        ReadOnly = mount.ReadOnly,
        TmpfsOptions = mount.Kind is MountKind.Tmpfs
            ? new TmpfsOptions { SizeBytes = mount.TmpfsSize, Mode = (uint?)mount.TmpfsMode }
            : null,
    };
}
