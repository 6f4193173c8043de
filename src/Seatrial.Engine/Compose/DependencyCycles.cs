using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Compose;

/// <summary>Services that wait for each other in a ring, so that none could ever start.</summary>
internal sealed class DependencyCycles
{
    private readonly ComposeProject _project;
    private readonly ProblemList _problems;

    // The way from the first service down to the one looked at, and the edge to follow next at each step of it: a chain
    // of dependencies may be longer than a call stack is deep.
    private readonly List<(ComposeService Service, int Edge)> _path = [];
    private readonly HashSet<string> _onPath = [];
    private readonly HashSet<string> _seen = [];

    private DependencyCycles(ComposeProject project, ProblemList problems) =>
        (_project, _problems) = (project, problems);

    public static void Check(ComposeProject project, ProblemList problems)
    {
        var search = new DependencyCycles(project, problems);
        foreach (var service in project.Services.Values)
        {
            search.Enter(service);
            search.Walk();
        }
    }

    private void Walk()
    {
        while (_path.Count > 0)
        {
            var (service, edge) = _path[^1];
            if (edge == service.DependsOn.Count)
            {
                _path.RemoveAt(_path.Count - 1);
                _onPath.Remove(service.Name);
                continue;
            }

            _path[^1] = (service, edge + 1);
            if (_onPath.Contains(service.DependsOn[edge].Service))
            {
                Tell(service, edge);
            }
            else if (_project.Services.TryGetValue(service.DependsOn[edge].Service, out var next))
            {
                Enter(next);
            }
        }
    }

    private void Enter(ComposeService service)
    {
        if (_seen.Add(service.Name))
        {
            _path.Add((service, 0));
            _onPath.Add(service.Name);
        }
    }

    private void Tell(ComposeService service, int edge)
    {
        var first = service.DependsOn[edge].Service;
        var ring = _path.Select(step => step.Service.Name).SkipWhile(name => name != first).Append(first);
        var path = $"services.{service.Name}.depends_on";
        var at = _project.Positions.ContainsKey($"{path}.{first}") ? $"{path}.{first}" : $"{path}[{edge}]";
        _problems.Add(
            _project.PositionOf(at), Severity.Error,
            $"Services wait for each other in a ring: {string.Join(" → ", ring)}.",
            $"Remove one depends_on of the ring, e.g. {first} from {service.Name}.");
    }
}
