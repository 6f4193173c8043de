using Docker.DotNet.Models;
using Seatrial.Engine.Drivers;

namespace Seatrial.Docker;

/// <summary>Networks of a Docker Engine.</summary>
internal sealed class DockerNetworks(DockerConnection connection) : INetworks
{
    public Task<string> CreateAsync(NetworkRequest request, CancellationToken cancellationToken) =>
        connection.CallAsync(
            $"network {request.Name}",
            async (client, token) =>
            {
                var created = await client.Networks.CreateNetworkAsync(
                    new NetworksCreateParameters
                    {
                        Name = request.Name,
                        Driver = request.Network.Driver,
                        Internal = request.Network.Internal,
                        Options = request.Network.DriverOptions.ToDictionary(),
                        Labels = request.Labels.ToDictionary(),
                    },
                    token);
                return created.ID;
            },
            cancellationToken);

    public Task<IReadOnlyList<ObjectSummary>> ListAsync(string label, string? value, CancellationToken cancellationToken) =>
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
}
