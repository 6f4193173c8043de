using Seatrial.Engine.Drivers;

namespace Seatrial.Engine.Environments;

/// <summary>How an environment ends.</summary>
public enum TearDown
{
    /// <summary>Every container is killed at once.</summary>
    Fast,

    /// <summary>Each container is stopped by its signal and grace period, after those that depend on it.</summary>
    Graceful,
}

/// <summary>Takes an environment down.</summary>
internal static class TearDowns
{
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Removes everything of a session, under a token of its own, and returns what could not be removed.
    /// </summary>
    public static async Task<IReadOnlyList<Problem>> RunAsync(EnvironmentSession session, TearDown how)
    {
        var grace = how is TearDown.Fast
            ? TimeSpan.Zero
            : session.Plan.Containers.Aggregate(TimeSpan.Zero, (sum, c) => sum + c.Request.Service.StopGracePeriod);
        using var limit = new CancellationTokenSource(_limit + grace, session.Clock);
        try
        {
            return await RemoveAllAsync(session, how, limit.Token);
        }
        catch (Exception e) when (e is SeatrialException or OperationCanceledException)
        {
            return
            [
                new Problem
                {
                    Severity = Severity.Warning,
                    What = $"Could not remove what run {session.Plan.RunId} left on the engine.",
                    Where = $"label {RunLabels.Run}={session.Plan.RunId}",
                    Why = e.Message,
                    Fix = "Start any Seatrial command when the engine answers again: it sweeps first.",
                },
            ];
        }
    }

    /// <summary>
    /// By label rather than by what we know, so that what a cut-off call left behind goes too; and so that a volume of
    /// a fixed name that was there before, and so bears no label of the run, stays.
    /// </summary>
    private static async Task<IReadOnlyList<Problem>> RemoveAllAsync(
        EnvironmentSession session, TearDown how, CancellationToken cancellationToken)
    {
        var (driver, runId) = (session.Driver, session.Plan.RunId);
        var networks = driver.Networks.ListAsync(RunLabels.Run, runId, cancellationToken);
        var volumes = driver.Volumes.ListAsync(RunLabels.Run, runId, cancellationToken);
        var containers = await driver.Containers.ListAsync(RunLabels.Run, runId, cancellationToken);
        var remover = new RunRemover(driver);
        var removals = new Dictionary<string, List<Task>>();
        foreach (var container in containers.OrderByDescending(container => PlaceOf(session.Plan, container)))
        {
            var planned = session.Plan.Containers.FirstOrDefault(planned => planned.Name == container.Name);
            var service = planned?.Service ?? "";
            var grace = how is TearDown.Graceful && planned is not null
                ? planned.Request.Service.StopGracePeriod
                : TimeSpan.Zero;
            var before = how is TearDown.Graceful ? DependentsOf(session.Plan, service, removals) : [];
            var removal = RemoveAsync(container, planned, grace, Task.WhenAll(before));
            removals.TryAdd(service, []);
            removals[service].Add(removal);
        }

        await Task.WhenAll(removals.Values.SelectMany(tasks => tasks));
        await Task.WhenAll(
            remover.NetworksAsync(await networks, cancellationToken),
            remover.VolumesAsync(await volumes, cancellationToken));
        return remover.Problems;

        async Task RemoveAsync(ContainerSummary container, PlannedContainer? planned, TimeSpan grace, Task before)
        {
            await before;
            var name = planned is null ? container.Name : $"{planned.Service}-{planned.Number}";
            session.Report(ResourceKind.Container, name, ResourceState.Removing);
            if (await remover.ContainerAsync(container.Id, container.Name, grace, cancellationToken))
            {
                session.Report(ResourceKind.Container, name, ResourceState.Removed);
            }
        }
    }

    private static int PlaceOf(EnvironmentPlan plan, ContainerSummary container) =>
        plan.Containers.TakeWhile(planned => planned.Name != container.Name).Count();

    private static IEnumerable<Task> DependentsOf(
        EnvironmentPlan plan, string service, Dictionary<string, List<Task>> removals) => plan.Containers
        .Where(container => container.Gates.Any(gate => gate.Service == service))
        .Select(container => container.Service)
        .Distinct()
        .SelectMany(dependent => removals.GetValueOrDefault(dependent) ?? []);
}
