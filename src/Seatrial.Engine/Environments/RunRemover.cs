using Seatrial.Engine.Drivers;

namespace Seatrial.Engine.Environments;

/// <summary>Removes objects; each step is tried, whatever became of the others.</summary>
internal sealed class RunRemover(IContainerDriver driver)
{
    private readonly List<Problem> _problems = [];

    /// <summary>What could not be removed.</summary>
    public IReadOnlyList<Problem> Problems
    {
        get
        {
            lock (_problems)
            {
                return [.. _problems];
            }
        }
    }

    /// <summary>A container.</summary>
    public Task<bool> ContainerAsync(
        string id, string name, TimeSpan gracePeriod, CancellationToken cancellationToken) =>
        TryAsync($"container {name}", $"docker rm --force --volumes {name}", () =>
            driver.Containers.RemoveAsync(id, gracePeriod, cancellationToken));

    /// <summary>Networks, whose containers have to be gone; returns how many went.</summary>
    public Task<int> NetworksAsync(IEnumerable<ObjectSummary> networks, CancellationToken cancellationToken) =>
        CountAsync(networks.Select(network => TryAsync(
            $"network {network.Name}",
            $"docker network rm {network.Name}",
            () => driver.Networks.RemoveAsync(network.Id, cancellationToken))));

    /// <summary>Volumes, whose containers have to be gone; returns how many went.</summary>
    public Task<int> VolumesAsync(IEnumerable<ObjectSummary> volumes, CancellationToken cancellationToken) =>
        CountAsync(volumes.Select(volume => TryAsync(
            $"volume {volume.Name}",
            $"docker volume rm {volume.Name}",
            () => driver.Volumes.RemoveAsync(volume.Id, cancellationToken))));

    private static async Task<int> CountAsync(IEnumerable<Task<bool>> removals) =>
        (await Task.WhenAll(removals)).Count(isGone => isGone);

    private async Task<bool> TryAsync(string what, string command, Func<Task> remove)
    {
        try
        {
            await remove();
            return true;
        }
        catch (Exception e) when (e is SeatrialException or OperationCanceledException)
        {
            var problem = new Problem
            {
                Severity = Severity.Warning,
                What = $"Could not remove {what}.",
                Where = "engine",
                Why = e is SeatrialException { Problems: [var cause, ..] } ? cause.What : "It took too long.",
                Fix = $"Run: {command}",
            };
            lock (_problems)
            {
                _problems.Add(problem);
            }

            return false;
        }
    }
}
