using Seatrial.Engine.Drivers;

namespace Seatrial.Docker;

/// <summary>Containers on a Docker Engine, 20.10 or newer.</summary>
public sealed class DockerDriver : IContainerDriver
{
    private readonly DockerConnection _connection;

    private DockerDriver(DockerConnection connection)
    {
        _connection = connection;
        Containers = new DockerContainers(connection);
        Images = new DockerImages(connection);
        Networks = new DockerNetworks(connection);
        Volumes = new DockerVolumes(connection);
        Engine = new DockerEngine(connection);
    }

    /// <inheritdoc/>
    public IContainers Containers { get; }

    /// <inheritdoc/>
    public IImages Images { get; }

    /// <inheritdoc/>
    public INetworks Networks { get; }

    /// <inheritdoc/>
    public IVolumes Volumes { get; }

    /// <inheritdoc/>
    public IEngine Engine { get; }

    /// <summary>
    /// Reaches the engine and agrees on an API version. <paramref name="dockerHost"/> is the value of
    /// <c>DOCKER_HOST</c>; null or empty is <c>/var/run/docker.sock</c>.
    /// </summary>
    public static async Task<DockerDriver> ConnectAsync(
        string? dockerHost, TimeProvider clock, CancellationToken cancellationToken) =>
        new(await DockerConnection.OpenAsync(DockerEndpoint.From(dockerHost), clock, cancellationToken));

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _connection.Dispose();
        return ValueTask.CompletedTask;
    }
}
