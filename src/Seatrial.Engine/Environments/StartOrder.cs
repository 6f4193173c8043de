using Seatrial.Engine.Compose;

namespace Seatrial.Engine.Environments;

/// <summary>The order that <c>depends_on</c> asks for.</summary>
internal static class StartOrder
{
    /// <summary>Each service after all that it depends on, else in the order given.</summary>
    /// <exception cref="SeatrialException">The dependencies form a cycle.</exception>
    public static IReadOnlyList<ComposeService> Of(
        IReadOnlyDictionary<string, ComposeService> services, Func<string, SourcePosition> positionOf)
    {
        var ordered = new List<ComposeService>();
        var path = new List<string>();
        foreach (var service in services.Values)
        {
            Visit(service);
        }

        return ordered;

        void Visit(ComposeService service)
        {
            var start = path.IndexOf(service.Name);
            if (start >= 0)
            {
                throw Cycle([.. path[start..], service.Name], positionOf);
            }

            if (ordered.Contains(service))
            {
                return;
            }

            path.Add(service.Name);
            foreach (var dependency in service.DependsOn)
            {
                if (services.TryGetValue(dependency.Service, out var needed))
                {
                    Visit(needed);
                }
            }

            path.RemoveAt(path.Count - 1);
            ordered.Add(service);
        }
    }

    /// <summary>A shortest way from each service that waits for this one, down to it: <c>rpa2 → rpa1 → db</c>.</summary>
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

    private static SeatrialException Cycle(IReadOnlyList<string> services, Func<string, SourcePosition> positionOf) => new(
        ExitCode.Usage,
        $"The services {string.Join(" → ", services)} wait for each other, so none can start.",
        positionOf($"services.{services[0]}.depends_on").ToString(),
        "Remove one of these dependencies.");
}
