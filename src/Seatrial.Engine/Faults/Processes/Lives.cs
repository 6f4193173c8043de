using Seatrial.Engine.Drivers;
using Seatrial.Engine.Environments;

namespace Seatrial.Engine.Faults.Processes;

/// <summary>The end of a container and its beginning again, as faults need them.</summary>
internal static class Lives
{
    /// <summary>The exit code of the life that began at <paramref name="since"/>, once the engine tells of its
    /// end.</summary>
    public static async Task<int?> ExitCodeAsync(
        FaultScene scene, RunningContainer container, DateTimeOffset since, CancellationToken cancellationToken)
    {
        await foreach (var told in scene.Environment.WatchAsync(cancellationToken))
        {
            if (told.ContainerId == container.Id && told.Kind is EngineEventKind.Died && told.At > since)
            {
                return told.ExitCode;
            }
        }

        throw new FaultNotSeenException($"The engine's events ended before {container.ShortName} died.");
    }

    /// <summary>Starts it unless it runs, and waits until it is healthy where it has a way to say so.</summary>
    public static async Task<string> StartAsync(
        FaultScene scene, RunningContainer container, CancellationToken cancellationToken)
    {
        // A container that was just killed is not dead for the engine before its process has been cleared away.
        var state = await scene.StateOfAsync(container, cancellationToken);
        if (state is { Running: true })
        {
            return $"{container.ShortName} runs already";
        }

        await scene.Driver.Containers.StartAsync(container.Id, cancellationToken);
        return $"{container.ShortName} started again";
    }

    /// <summary>Waits until it runs and, where it has a health check, is healthy; tells of a new address.</summary>
    public static async Task<string> SeeHealthyAsync(
        FaultScene scene, RunningContainer container, CancellationToken cancellationToken)
    {
        var state = await scene.UntilAsync(
            async () => await scene.Driver.Containers.InspectAsync(container.Id, cancellationToken) is
            {
                Running: true, Paused: false, Health: ContainerHealth.None or ContainerHealth.Healthy,
            } up
                ? up : null,
            cancellationToken);
        var moved = container.Addresses.Where(
            address => state.Addresses.TryGetValue(address.Key, out var now) && now != address.Value);
        return moved.Any()
            ? throw new FaultNotSeenException($"{container.ShortName} runs again, but under another address.")
            : $"{container.ShortName} runs{(state.Health is ContainerHealth.Healthy ? " and is healthy" : "")} again";
    }
}
