using Seatrial.Engine.Drivers;

namespace Seatrial.Docker;

/// <summary>Images of a Docker Engine.</summary>
internal sealed class DockerImages(DockerConnection connection) : IImages
{
    public Task<ImageState?> InspectAsync(string reference, CancellationToken cancellationToken) =>
        throw new NotSupportedException(connection.ApiVersion.ToString());

    public Task<string> BuildAsync(
        ImageBuildRequest request, IProgress<string>? output, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<bool> PullAsync(string reference, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<string> ImportAsync(string reference, Stream rootFileSystem, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task TagAsync(string reference, string newReference, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}
