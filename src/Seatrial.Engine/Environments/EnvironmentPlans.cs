using Seatrial.Engine.Compose;

namespace Seatrial.Engine.Environments;

/// <summary>From a Compose file to the objects of one run.</summary>
public static class EnvironmentPlans
{
    private static readonly TimeSpan _leastLimit = TimeSpan.FromSeconds(60);

    /// <summary>A job has no health from which a limit could be taken.</summary>
    private static readonly TimeSpan _jobLimit = TimeSpan.FromMinutes(10);

    /// <summary>The plan: a pure function of its arguments. The project is one that its reader found right.</summary>
    /// <exception cref="SeatrialException">The options ask for what the file does not allow.</exception>
    public static EnvironmentPlan Plan(ComposeProject project, EnvironmentOptions options)
    {
        var services = project.Services
            .Where(entry => Count(entry.Value, options) > 0)
            .ToDictionary(entry => entry.Key, entry => entry.Value);
        var ordered = StartOrder.Of(services);
        var problems = ordered.SelectMany(service => Problems(project, options, services, service)).ToList();
        if (problems.Count > 0)
        {
            throw new SeatrialException(ExitCode.Usage, problems);
        }

        var naming = new Naming(project, options);
        var containers = ordered.SelectMany(service => Containers(service, services, naming)).ToList();
        return new EnvironmentPlan
        {
            RunId = options.RunId,
            Project = naming.Project,
            Keep = options.Keep,
            Diagnosis = options.Diagnosis,
            Networks = [.. naming.Networks(services.Values)],
            Volumes = [.. naming.Volumes(services.Values)],
            Containers = containers,
            StartLimit = LongestWay(ordered, containers) + _leastLimit,
        };
    }

    private static int Count(ComposeService service, EnvironmentOptions options) =>
        options.Replicas.GetValueOrDefault(service.Name, service.Replicas);

    private static IEnumerable<PlannedContainer> Containers(
        ComposeService service, Dictionary<string, ComposeService> services, Naming naming)
    {
        var needs = services.Values
            .SelectMany(other => other.DependsOn)
            .Where(dependency => dependency.Service == service.Name)
            .ToList();
        var isJob = needs.Any(need => need.Condition is DependencyCondition.CompletedSuccessfully);
        for (var number = 1; number <= Count(service, naming.Options); number++)
        {
            yield return new PlannedContainer
            {
                Service = service.Name,
                Number = number,
                Request = naming.Container(service, number),
                Gates = [.. service.DependsOn.Where(dependency => services.ContainsKey(dependency.Service))],
                ReadyLimit = isJob ? _jobLimit : ReadyLimit(service.Healthcheck ?? new ComposeHealthcheck()),
                IsJob = isJob,
                IsOptional = needs.Count > 0 && needs.All(need => !need.Required),
                Position = naming.PositionOf(service),
            };
        }
    }

    /// <summary>The engine itself gives up after this; its defaults hold where the file is silent.</summary>
    private static TimeSpan ReadyLimit(ComposeHealthcheck check)
    {
        var usual = TimeSpan.FromSeconds(30);
        var limit = (check.StartPeriod ?? TimeSpan.Zero)
            + ((check.Retries ?? 3) * ((check.Interval ?? usual) + (check.Timeout ?? usual)));
        return limit > _leastLimit ? limit : _leastLimit;
    }

    private static TimeSpan LongestWay(IReadOnlyList<ComposeService> ordered, List<PlannedContainer> containers)
    {
        var ways = new Dictionary<string, TimeSpan>();
        foreach (var service in ordered)
        {
            var before = service.DependsOn
                .Select(dependency => ways.GetValueOrDefault(dependency.Service))
                .Append(TimeSpan.Zero)
                .Max();
            ways[service.Name] = before + containers.First(container => container.Service == service.Name).ReadyLimit;
        }

        return ways.Values.Append(TimeSpan.Zero).Max();
    }

    private static IEnumerable<Problem> Problems(
        ComposeProject project,
        EnvironmentOptions options,
        Dictionary<string, ComposeService> services,
        ComposeService service)
    {
        var path = $"services.{service.Name}";
        var count = Count(service, options);
        if (count > 1 && service.ContainerName is not null)
        {
            yield return new Problem
            {
                What = $"{count} containers of {service.Name} can't all be named {service.ContainerName}.",
                Where = project.PositionOf($"{path}.container_name").ToString(),
                Fix = "Remove container_name, or run one replica.",
            };
        }

        for (var i = 0; count > 1 && i < service.Ports.Count; i++)
        {
            if (service.Ports[i].HostPort is { } port)
            {
                yield return new Problem
                {
                    What = $"{count} containers of {service.Name} can't all publish host port {port}.",
                    Where = project.PositionOf($"{path}.ports[{i}]").ToString(),
                    Fix = $"Write \"{service.Ports[i].ContainerPort}\" alone: the engine then chooses one for each.",
                };
            }
        }

        foreach (var missing in service.DependsOn.Where(need => need.Required && !services.ContainsKey(need.Service)))
        {
            yield return new Problem
            {
                What = $"{service.Name} waits for {missing.Service}, of which no container runs.",
                Where = project.PositionOf($"{path}.depends_on.{missing.Service}").ToString(),
                Fix = $"Run at least one {missing.Service} (replicas), or make the dependency required: false.",
            };
        }
    }
}
