using System.Text.RegularExpressions;
using Docker.DotNet.Models;
using Seatrial.Engine;
using Seatrial.Engine.Compose;
using Seatrial.Engine.Drivers;

namespace Seatrial.Docker;

/// <summary>Networks of a Docker Engine.</summary>
internal sealed class DockerNetworks(DockerConnection connection) : INetworks, ICanAttach
{
    public Task<string> CreateAsync(NetworkRequest request, CancellationToken cancellationToken) =>
        connection.CallAsync(
            $"network {request.Name}",
            async (client, token) =>
            {
                // Older engines make a second network of the same name, and then connect to either.
                if (await client.Networks.ListNetworksAsync(SameName(request.Name), token) is [var taken, ..])
                {
                    throw new SeatrialException(ExitCode.Unavailable, [NameTaken(taken)]);
                }

                var created = await client.Networks.CreateNetworkAsync(
                    new NetworksCreateParameters
                    {
                        Name = request.Name,
                        Driver = request.Network.Driver,
                        Internal = request.Network.Internal,
                        EnableIPv6 = request.Network.EnableIpv6,
                        IPAM = IpamOf(request.Network.Ipam),
                        Options = request.Network.DriverOptions.ToDictionary(),
                        Labels = request.Labels.ToDictionary(),
                    },
                    token);
                return created.ID;
            },
            cancellationToken);

    public Task<IReadOnlyList<ObjectSummary>> ListAsync(
        string label, string? value, CancellationToken cancellationToken) =>
        connection.CallAsync<IReadOnlyList<ObjectSummary>>(
            "its networks",
            async (client, token) =>
            {
                var networks = await client.Networks.ListNetworksAsync(
                    new NetworksListParameters { Filters = EngineValues.LabelFilter(label, value) }, token);
                return [.. networks.Select(network => new ObjectSummary(
                    network.ID,
                    network.Name,
                    EngineValues.Instant(network.Created),
                    EngineValues.Labels(network.Labels)))];
            },
            cancellationToken);

    public Task RemoveAsync(string id, CancellationToken cancellationToken) =>
        connection.RemoveAsync(
            $"the removal of network {id}",
            DockerConnection.UsualLimit,
            (client, token) => client.Networks.DeleteNetworkAsync(id, token),
            cancellationToken);

    public Task<NetworkMembership> DetachAsync(
        string containerId, string network, CancellationToken cancellationToken) =>
        connection.CallAsync(
            $"container {containerId} off network {network}",
            async (client, token) =>
            {
                var container = await client.Containers.InspectContainerAsync(containerId, token);
                var endpoint = container.NetworkSettings?.Networks?.TryGetValue(network, out var found) is true
                    ? found
                    : throw new SeatrialException(
                        ExitCode.Unavailable,
                        $"Container {container.Name.TrimStart('/')} is not on network {network}.",
                        connection.Endpoint.ToString(),
                        "Name one of its networks: docker inspect shows them.");
                await client.Networks.DisconnectNetworkAsync(
                    network, new NetworkDisconnectParameters { Container = containerId }, token);
                return new NetworkMembership
                {
                    ContainerId = containerId,
                    Network = network,
                    Address = endpoint.IPAddress ?? "",
                    FixedAddress = endpoint.IPAMConfig?.IPv4Address is { Length: > 0 } wanted ? wanted : null,

                    // The engine adds the id itself, and refuses it from others.
                    Aliases = [.. (endpoint.Aliases ?? []).Where(alias =>
                        !containerId.StartsWith(alias, StringComparison.Ordinal))],
                    Links = [.. endpoint.Links ?? []],
                    DriverOptions = EngineValues.Labels(endpoint.DriverOpts),
                };
            },
            cancellationToken);

    public Task AttachAsync(NetworkMembership attachment, CancellationToken cancellationToken) =>
        connection.CallAsync(
            $"container {attachment.ContainerId} on network {attachment.Network}",
            (client, token) => client.Networks.ConnectNetworkAsync(
                attachment.Network,
                new NetworkConnectParameters
                {
                    Container = attachment.ContainerId,
                    EndpointConfig = new EndpointSettings
                    {
                        Aliases = [.. attachment.Aliases],
                        Links = [.. attachment.Links],
                        DriverOpts = attachment.DriverOptions.ToDictionary(),
                        IPAMConfig = attachment.FixedAddress is { } address
                            ? new EndpointIPAMConfig { IPv4Address = address } : null,
                    },
                },
                token),
            cancellationToken);

    private static IPAM? IpamOf(ComposeIpam? ipam) => ipam is null ? null : new IPAM
    {
        Driver = ipam.Driver ?? "default",
        Options = ipam.Options.ToDictionary(),
        Config =
        [
            .. ipam.Subnets.Select(subnet => new IPAMConfig
            {
                Subnet = subnet.Subnet ?? "",
                IPRange = subnet.IpRange ?? "",
                Gateway = subnet.Gateway ?? "",
                AuxAddress = subnet.AuxAddresses.ToDictionary(),
            }),
        ],
    };

    private static NetworksListParameters SameName(string name) => new()
    {
        Filters = new Dictionary<string, IDictionary<string, bool>>
        {
            ["name"] = new Dictionary<string, bool> { [$"^{Regex.Escape(name)}$"] = true },
        },
    };

    private static Problem NameTaken(NetworkResponse taken)
    {
        var project = taken.Labels?.TryGetValue("com.docker.compose.project", out var name) is true ? name : null;
        return new Problem
        {
            What = $"The network name {taken.Name} is in use.",
            Where = $"network {taken.ID[..12]}{(project is null ? "" : $" of project {project}")}",
            Fix = "Say external: true to use that network, "
                + $"remove it (docker network rm {taken.Name}), or choose another name.",
        };
    }
}
