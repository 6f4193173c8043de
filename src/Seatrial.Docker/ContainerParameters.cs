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
            Domainname = service.Naming.Domainname ?? "",
            Tty = service.Tty,
            OpenStdin = service.StdinOpen,
            User = service.User ?? "",
            WorkingDir = service.WorkingDir ?? "",
            Env = [.. service.Environment.Select(variable => $"{variable.Key}={variable.Value}")],
            Labels = request.Labels.ToDictionary(),
            StopSignal = service.StopSignal ?? "",
            StopTimeout = service.StopGracePeriod,
            Healthcheck = HealthcheckOf(service.Healthcheck, apiVersion),
            ExposedPorts = service.Ports.Select(HostConfigs.PortKey).Concat(service.Expose).Distinct()
                .ToDictionary(key => key, _ => default(EmptyStruct)),
            HostConfig = HostConfigs.From(request),
            NetworkingConfig = new NetworkingConfig
            {
                EndpointsConfig = request.Networks
                    .Take(apiVersion < _several ? 1 : int.MaxValue)
                    .ToDictionary(network => network.Key, network => Endpoint(request, network)),
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
            ? request.Networks.Skip(1)
                .Select(network => KeyValuePair.Create(network.Key, Endpoint(request, network)))
            : [];

    private static EndpointSettings Endpoint(
        ContainerRequest request, KeyValuePair<string, IReadOnlyList<string>> network)
    {
        var settings = new EndpointSettings { Aliases = [.. network.Value] };
        if (request.Links.Count > 0)
        {
            settings.Links = [.. request.Links];
        }

        if (request.Endpoints.GetValueOrDefault(network.Key) is not { } place)
        {
            return settings;
        }

        settings.DriverOpts = place.DriverOptions.ToDictionary();
        settings.IPAMConfig = new EndpointIPAMConfig
        {
            IPv4Address = place.Ipv4Address ?? "",
            IPv6Address = place.Ipv6Address ?? "",
            LinkLocalIPs = [.. place.LinkLocalIps],
        };
        return settings;
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
}
