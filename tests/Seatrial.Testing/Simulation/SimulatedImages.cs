using Seatrial.Engine.Drivers;

namespace Seatrial.Testing.Simulation;

/// <summary>A simulation has every image, and loses none.</summary>
internal sealed class SimulatedImages : IImages
{
    public Task<ImageState?> InspectAsync(string reference, CancellationToken cancellationToken) =>
        Task.FromResult<ImageState?>(new ImageState
        {
            Id = $"sha256:{reference}",
            Tags = [reference],
            Size = 0,
            Layers = [],
            Labels = new Dictionary<string, string>(),
        });

    public Task<IReadOnlyList<ImageSummary>> ListAsync(
        string label, string? value, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ImageSummary>>([]);

    public Task<string?> PullAsync(string reference, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(null);

    public Task TagAsync(string reference, string newReference, CancellationToken cancellationToken) =>
        Task.CompletedTask;

    public Task<bool> RemoveAsync(string reference, CancellationToken cancellationToken) => Task.FromResult(true);
}
