using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Compose;

/// <summary>What is asked for of images and updates, and can't be had beside what else is asked for.</summary>
internal static class DeployChecks
{
    public static void Check(ComposeService service, ComposeProject project, ProblemList problems)
    {
        var path = $"services.{service.Name}";
        if (service.Build is not null
            && service.PullPolicy is not (null or "build" or "missing" or "if_not_present" or "never"))
        {
            problems.Add(
                project.PositionOf($"{path}.pull_policy"), Severity.Warning,
                $"{path}.pull_policy is {service.PullPolicy}, but the service is built, and its image never pulled.",
                "Remove build: to run what the registry has, or pull_policy:.");
        }

        if (service.Deploy.Update is { Order: "start-first" }
            && service.Ports.FirstOrDefault(port => port.HostPort is not null) is { } published)
        {
            problems.Add(
                project.PositionOf($"{path}.deploy.update_config.order"), Severity.Warning,
                $"{path}.deploy.update_config.order is start-first, but two containers can't share the host port "
                + $"{published.HostPort}: the old one is stopped first.",
                $"Write \"{published.ContainerPort}\" alone, or order: stop-first.");
        }
    }
}
