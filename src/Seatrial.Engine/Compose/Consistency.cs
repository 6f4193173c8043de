using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Compose;

/// <summary>What is right value by value and wrong together.</summary>
internal static class Consistency
{
    private static readonly string[] _kinds = ["image", "build", "provider"];

    public static void Check(ComposeProject project, ProblemList problems)
    {
        foreach (var service in project.Services.Values)
        {
            CheckImage(service, project, problems);
            CheckReplicas(service, project.PositionOf($"services.{service.Name}"), problems);
            DeployChecks.Check(service, project, problems);
        }

        GrantChecks.Check(project, problems);
        NetworkModeChecks.Check(project, problems);
        CheckContainerNames(project, problems);
        CheckPublishedPorts(project, problems);
        CheckNeedlessWaits(project, problems);
        DependencyCycles.Check(project, problems);
    }

    private static void CheckImage(ComposeService service, ComposeProject project, ProblemList problems)
    {
        // One that is there but wrong has been told, and so has what would stand in place of both.
        var path = $"services.{service.Name}";
        if (_kinds.All(key => !project.Positions.ContainsKey($"{path}.{key}")))
        {
            problems.Add(
                project.PositionOf(path), Severity.Error, $"{path} has neither image nor build.",
                "Write image: with an image's name, or build: with the folder of its Dockerfile.");
        }
    }

    private static void CheckReplicas(ComposeService service, SourcePosition at, ProblemList problems)
    {
        if (service is { ContainerName: not null, Replicas: > 1 })
        {
            problems.Add(
                at, Severity.Error,
                $"services.{service.Name} has {service.Replicas} replicas and one container_name "
                + $"({service.ContainerName}).",
                "Remove container_name: two containers can't share a name.");
        }

        if (service.Replicas > 1
            && service.Endpoints.Values.FirstOrDefault(place => place is not { Ipv4Address: null, Ipv6Address: null })
                is { } place)
        {
            problems.Add(
                at, Severity.Error,
                $"services.{service.Name} has {service.Replicas} replicas and one address "
                + $"({place.Ipv4Address ?? place.Ipv6Address}).",
                "Remove the address: two containers can't share it.");
        }

        if (service.Replicas > 1 && service.Ports.FirstOrDefault(port => port.HostPort is not null) is { } published)
        {
            problems.Add(
                at, Severity.Error,
                $"services.{service.Name} has {service.Replicas} replicas and one host port ({published.HostPort}).",
                $"Write \"{published.ContainerPort}\" alone, so that the engine chooses a host port for each.");
        }
    }

    private static void CheckContainerNames(ComposeProject project, ProblemList problems)
    {
        var owners = new Dictionary<string, string>();
        foreach (var service in project.Services.Values)
        {
            if (service.ContainerName is { } name && !owners.TryAdd(name, service.Name))
            {
                problems.Add(
                    project.PositionOf($"services.{service.Name}.container_name"), Severity.Error,
                    $"services.{service.Name} has the container_name {name}, as services.{owners[name]} has.",
                    "Give each its own, or remove it.");
            }
        }
    }

    private static void CheckPublishedPorts(ComposeProject project, ProblemList problems)
    {
        var owners = new Dictionary<(string? Ip, int? Port, string Protocol), string>();
        foreach (var service in project.Services.Values)
        {
            foreach (var port in service.Ports.Where(port => port.HostPort is not null))
            {
                if (!owners.TryAdd((port.HostIp, port.HostPort, port.Protocol), service.Name))
                {
                    var owner = owners[(port.HostIp, port.HostPort, port.Protocol)];
                    problems.Add(
                        project.PositionOf($"services.{service.Name}.ports"), Severity.Error,
                        $"services.{service.Name} publishes the host port {port.HostPort}, as services.{owner} does.",
                        "Give each its own host port.");
                }
            }
        }
    }

    private static void CheckNeedlessWaits(ComposeProject project, ProblemList problems)
    {
        foreach (var service in project.Services.Values)
        {
            foreach (var dependency in service.DependsOn.Where(edge => edge.Condition is DependencyCondition.Healthy))
            {
                if (project.Services.GetValueOrDefault(dependency.Service)?.Healthcheck?.Test is ["NONE"])
                {
                    problems.Add(
                        project.PositionOf($"services.{service.Name}.depends_on.{dependency.Service}.condition"),
                        Severity.Error,
                        $"services.{service.Name} waits until {dependency.Service} is healthy, "
                        + "whose healthcheck is switched off.",
                        "Give it a healthcheck, or wait for service_started.");
                }
            }
        }
    }
}
