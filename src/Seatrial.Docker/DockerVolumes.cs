using Docker.DotNet.Models;
using Seatrial.Engine.Drivers;

namespace Seatrial.Docker;

/// <summary>Named volumes of a Docker Engine.</summary>
internal sealed class DockerVolumes(DockerConnection connection) : IVolumes
{
    public Task<string> CreateAsync(VolumeRequest request, CancellationToken cancellationToken) =>
        connection.CallAsync(
            $"volume {request.Name}",
            async (client, token) =>
            {
                var created = await client.Volumes.CreateAsync(
                    new VolumesCreateParameters
                    {
                        Name = request.Name,
                        Driver = request.Volume.Driver,
                        DriverOpts = request.Volume.DriverOptions.ToDictionary(),
                        Labels = request.Labels.ToDictionary(),
                    },
                    token);
                return created.Name;
            },
            cancellationToken);

    public Task<IReadOnlyList<ObjectSummary>> ListAsync(
        string label, string? value, CancellationToken cancellationToken) =>
        connection.CallAsync<IReadOnlyList<ObjectSummary>>(
            "its volumes",
            async (client, token) =>
            {
                var response = await client.Volumes.ListAsync(
                    new VolumesListParameters { Filters = EngineValues.LabelFilter(label, value) }, token);
                return [.. (response.Volumes ?? []).Select(volume => new ObjectSummary(
                    volume.Name,
                    volume.Name,
                    EngineValues.Instant(volume.CreatedAt),
                    EngineValues.Labels(volume.Labels)))];
            },
            cancellationToken);

    public Task RemoveAsync(string id, CancellationToken cancellationToken) =>
        connection.RemoveAsync(
            $"the removal of volume {id}",
            DockerConnection.UsualLimit,
            (client, token) => client.Volumes.RemoveAsync(id, force: false, token),
            cancellationToken);
}
