using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Compose;

/// <summary>What goes with a network of one's own only.</summary>
internal static class NetworkModeChecks
{
    public static void Check(ComposeProject project, ProblemList problems)
    {
        foreach (var service in project.Services.Values)
        {
            var path = $"services.{service.Name}";
            var isShared = service.NetworkMode is { } mode
                && (mode.StartsWith("service:", StringComparison.Ordinal)
                    || mode.StartsWith("container:", StringComparison.Ordinal));
            if (isShared && service.Ports.Count > 0)
            {
                problems.Add(
                    project.PositionOf($"{path}.ports"), Severity.Error,
                    $"{path} publishes ports, and has the network of another container ({service.NetworkMode}).",
                    "Publish them at the container whose network it is.");
            }

            if (isShared && service.Hostname is not null)
            {
                problems.Add(
                    project.PositionOf($"{path}.hostname"), Severity.Error,
                    $"{path} has a hostname, and has the network of another container ({service.NetworkMode}).",
                    "Remove hostname: it is the other container's.");
            }

            if (service is { NetworkMode: "host", Ports.Count: > 0 })
            {
                problems.Add(
                    project.PositionOf($"{path}.ports"), Severity.Warning,
                    $"{path}.ports is not honoured: with network_mode: host every port is the host's own.",
                    "Remove ports.");
            }
        }
    }
}
