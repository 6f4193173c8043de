using Seatrial.Engine.Compose;

namespace Seatrial.Engine.Environments;

/// <summary>The order that <c>depends_on</c> asks for.</summary>
internal static class StartOrder
{
    /// <summary>
    /// Each service after all that it depends on, else in the order given. There are no cycles: the reader saw to it.
    /// </summary>
    public static IReadOnlyList<ComposeService> Of(IReadOnlyDictionary<string, ComposeService> services)
    {
        var seen = new HashSet<string>();
        return [.. services.Values.SelectMany(After)];

        IEnumerable<ComposeService> After(ComposeService service) => seen.Add(service.Name)
            ? service.DependsOn
                .Select(dependency => services.GetValueOrDefault(dependency.Service))
                .OfType<ComposeService>()
                .SelectMany(After)
                .Append(service)
            : [];
    }

    /// <summary>
    /// A shortest way from each service that waits for this one, down to it: <c>rpa2 → rpa1 → db</c>.
    /// </summary>
    public static IReadOnlyList<string> WaitingFor(string service, IReadOnlyList<PlannedContainer> containers)
    {
        var ways = new List<string>();
        var seen = new HashSet<string> { service };
        var queue = new Queue<(string Service, string Way)>([(service, service)]);
        while (queue.TryDequeue(out var needed))
        {
            foreach (var waiting in containers.Where(c => c.Gates.Any(gate => gate.Service == needed.Service)))
            {
                if (seen.Add(waiting.Service))
                {
                    var way = $"{waiting.Service} → {needed.Way}";
                    ways.Add(way);
                    queue.Enqueue((waiting.Service, way));
                }
            }
        }

        return ways;
    }
}
