using Seatrial.Engine.Environments;

namespace Seatrial.Engine.Standing;

/// <summary>
/// An order to stop containers in: each after all that depend on it, side by side where the labels of the containers
/// allow it.
/// </summary>
internal sealed class DependentsFirst(IReadOnlyList<StandingContainer> containers)
{
    /// <summary>Does a step for each container.</summary>
    public Task RunAsync(Func<StandingContainer, Task> step)
    {
        var needs = containers
            .GroupBy(container => container.Service)
            .ToDictionary(service => service.Key, service => NeedsOf(service.First()));
        var steps = new Dictionary<string, Task>();
        return Task.WhenAll(needs.Keys.Select(service => StepOf(service, [])));

        Task StepOf(string service, IReadOnlyList<string> path)
        {
            if (steps.TryGetValue(service, out var begun) || path.Contains(service))
            {
                // A cycle is refused by the reader; labels that others wrote may have one.
                return begun ?? Task.CompletedTask;
            }

            var dependents = needs.Keys
                .Where(other => needs[other].Contains(service))
                .Select(other => StepOf(other, [.. path, service]))
                .ToList();
            return steps[service] = OneAsync(service, Task.WhenAll(dependents));
        }

        async Task OneAsync(string service, Task before)
        {
            await before;
            await Task.WhenAll(containers.Where(container => container.Service == service).Select(step));
        }
    }

    // service:condition:restart, separated by commas.
    private static List<string> NeedsOf(StandingContainer container) =>
    [
        .. container.State.Labels.GetValueOrDefault(RunLabels.DependsOn, "")
            .Split(',', StringSplitOptions.RemoveEmptyEntries)
            .Select(need => need.Split(':')[0]),
    ];
}
