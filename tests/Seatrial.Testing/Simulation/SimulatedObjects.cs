using Seatrial.Engine;
using Seatrial.Engine.Drivers;

namespace Seatrial.Testing.Simulation;

/// <summary>Networks and volumes of a simulation; a network can't go while a container is on it.</summary>
internal sealed class SimulatedObjects(SimulatedDriver driver, string kind, TimeProvider clock) : INetworks, IVolumes
{
    private readonly Lock _lock = new();
    private readonly List<ObjectSummary> _objects = [];

    public Task<string> CreateAsync(NetworkRequest request, CancellationToken cancellationToken) =>
        CreateAsync(request.Name, request.Labels);

    public Task<string> CreateAsync(VolumeRequest request, CancellationToken cancellationToken) =>
        CreateAsync(request.Name, request.Labels);

    public Task<IReadOnlyList<ObjectSummary>> ListAsync(
        string label, string? value, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<ObjectSummary>>(
            [
                .. _objects.Where(
                    item => item.Labels.TryGetValue(label, out var has) && (value is null || has == value)),
            ]);
        }
    }

    public async Task RemoveAsync(string id, CancellationToken cancellationToken)
    {
        var users = await driver.Containers.ListAsync(RunLabel, null, cancellationToken);
        lock (_lock)
        {
            if (_objects.Find(item => item.Id == id) is not { } item)
            {
                return;
            }

            if (users.Any(user => user.Labels[RunLabel] == item.Labels.GetValueOrDefault(RunLabel)))
            {
                throw new SeatrialException(
                    ExitCode.Unavailable, $"{kind} {id} is in use.", "simulation", "Remove its users.");
            }

            _objects.Remove(item);
        }

        driver.Note($"remove {kind}", id);
    }

    private const string RunLabel = "seatrial.run";

    private Task<string> CreateAsync(string name, IReadOnlyDictionary<string, string> labels)
    {
        lock (_lock)
        {
            _objects.Add(new ObjectSummary(name, name, clock.GetUtcNow(), labels));
        }

        driver.Note($"create {kind}", name);
        return Task.FromResult(name);
    }
}
