using Seatrial.Engine.Compose;
using Seatrial.Engine.Specs;

namespace Seatrial.Engine.Faults;

/// <summary>A system as its files describe it, and the service that a fault is aimed at, if one is.</summary>
public sealed record FaultSubject(ComposeProject Project, SystemSpec Spec, string? Service)
{
    private static readonly string[] _balancers = ["haproxy", "nginx", "traefik", "envoy", "caddy"];
    private static readonly string[] _monitors = ["prometheus", "alertmanager", "grafana"];

    internal IEnumerable<ComposeService> Services =>
        Service is null ? Project.Services.Values : Project.Services.Values.Where(one => one.Name == Service);

    internal string? WithoutPrefect() => WithoutRole("Prefect server", ["prefect"]);

    internal string? WithoutBalancer() => WithoutRole("balancer", [.. _balancers, "balancer"]);

    internal string? WithoutMonitoring() => WithoutRole("monitoring", [.. _monitors, "monitor"]);

    internal string? WithoutLease() => Spec.Mapping.Queue.LeaseUntil is null
        ? "records.queue names no lease_until column, so nobody can see that a lease ended" : null;

    internal string? WithoutFakeClock() => Services.Any(
        service => service.Environment.GetValueOrDefault("LD_PRELOAD")?.Contains("faketime") is true)
        ? null
        : "no service has libfaketime in LD_PRELOAD: containers have no clock of their own";

    /// <summary>Filled up, an unlimited one would be the host's.</summary>
    internal string? WithoutLimitedVolume(string folder)
    {
        var mounts = Project.Services.Values
            .Where(service => Service is null || service.Name == Service)
            .SelectMany(service => service.Mounts.Select(mount => (service.Name, Mount: mount)))
            .Where(place => folder == place.Mount.Target
                || folder.StartsWith(place.Mount.Target.TrimEnd('/') + "/", StringComparison.Ordinal))
            .ToList();
        return mounts.Count == 0 ? $"no service mounts a volume at {folder}"
            : mounts.Any(place => IsLimited(place.Mount)) ? null
            : $"the volume at {folder} has no size of its own: give it driver_opts {{type: tmpfs, device: tmpfs, o: size=…}}";
    }

    private bool IsLimited(ComposeMount mount) => mount.Kind switch
    {
        MountKind.Tmpfs => true,
        MountKind.Volume => mount.Source is not null
            && Project.Volumes.TryGetValue(mount.Source, out var volume)
            && volume.DriverOptions.GetValueOrDefault("o")?.Contains("size=") is true,
        MountKind.Bind => false,
        _ => false,
    };

    private string? WithoutRole(string role, string[] words) => Services.Any(service => words.Any(word =>
        service.Name.Contains(word, StringComparison.OrdinalIgnoreCase)
        || service.Image?.Contains(word, StringComparison.OrdinalIgnoreCase) is true))
        ? null
        : Service is null ? $"no service looks like a {role}" : $"{Service} does not look like a {role}";
}
