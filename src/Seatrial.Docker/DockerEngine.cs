using Docker.DotNet;
using Docker.DotNet.Models;
using Seatrial.Engine.Drivers;
using EngineDescription = Seatrial.Engine.Drivers.EngineDescription;

namespace Seatrial.Docker;

/// <summary>A Docker Engine itself.</summary>
internal sealed class DockerEngine(DockerConnection connection) : IEngine
{
    public Task<EngineDescription> DescribeAsync(CancellationToken cancellationToken) =>
        connection.CallAsync(
            "a description of itself",
            async (client, token) =>
            {
                var system = await client.System.GetSystemInfoAsync(token);
                return new EngineDescription
                {
                    Version = $"docker {system.ServerVersion}",
                    ApiVersion = connection.ApiVersion.ToString(),
                    OperatingSystem = system.OperatingSystem,
                    Architecture = system.Architecture,
                    Cpus = (int)system.NCPU,
                    Memory = system.MemTotal,
                    Clock = EngineValues.Instant(system.SystemTime),
                    SharesHost = await SharesHostAsync(client, token),
                };
            },
            cancellationToken);

    public IAsyncEnumerable<EngineEvent> WatchAsync(
        string label, string? value, DateTimeOffset since, CancellationToken cancellationToken) =>
        new EventWatch(connection, label, value).ReadAsync(since, cancellationToken);

    /// <summary>
    /// A socket of this host may still lead to a virtual machine's engine, so the proof is a process: it stands in our
    /// /proc under the id that the engine gave, in the cgroup of its container.
    /// </summary>
    private static async Task<bool> SharesHostAsync(DockerClient client, CancellationToken cancellationToken)
    {
        if (client.Options.Endpoint.Scheme is not "unix")
        {
            return false;
        }

        // No limit: that would count those that do not run as well.
        foreach (var running in await client.Containers.ListContainersAsync(
            new ContainersListParameters(), cancellationToken))
        {
            if (await StandsHereAsync(client, running.ID, cancellationToken))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>False as well for one that just ended.</summary>
    private static async Task<bool> StandsHereAsync(
        DockerClient client, string id, CancellationToken cancellationToken)
    {
        try
        {
            var container = await client.Containers.InspectContainerAsync(id, cancellationToken);
            var cgroup = await File.ReadAllTextAsync($"/proc/{container.State?.Pid}/cgroup", cancellationToken);
            return cgroup.Contains(id, StringComparison.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or DockerContainerNotFoundException)
        {
            return false;
        }
    }
}
