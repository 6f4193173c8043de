using Seatrial.Engine;
using Seatrial.Engine.Compose;

namespace Seatrial.Testing;

/// <summary>Compose files without files.</summary>
public static class ComposeProjects
{
    /// <summary>A project of these services, all on one network.</summary>
    public static ComposeProject Of(string name, params ComposeService[] services) => new()
    {
        File = "/rpa/compose.yaml",
        Directory = "/rpa",
        Name = name,
        Services = services.ToDictionary(service => service.Name),
        Networks = new Dictionary<string, ComposeNetwork> { ["data"] = new() },
        Volumes = services
            .SelectMany(service => service.Mounts)
            .Where(mount => mount is { Kind: MountKind.Volume, Source: not null })
            .Select(mount => mount.Source ?? "")
            .Distinct()
            .ToDictionary(source => source, _ => new ComposeVolume()),
        Positions = services
            .Index()
            .ToDictionary(
                item => $"services.{item.Item.Name}",
                item => new SourcePosition("compose.yaml", (item.Index + 1) * 10, 3)),
    };

    /// <summary>A service that waits for others to be healthy.</summary>
    public static ComposeService Service(string name, params string[] healthy) => new()
    {
        Name = name,
        Image = "debian:bookworm-slim",
        Networks = new Dictionary<string, IReadOnlyList<string>> { ["data"] = [] },
        DependsOn = [.. healthy.Select(needed => new ComposeDependency(needed, DependencyCondition.Healthy))],
    };

    /// <summary>The system in docs: two rpa1, one rpa2, one rpa3, a database.</summary>
    public static ComposeProject Rpa() => Of(
        "rpa",
        Service("db") with { Mounts = [new ComposeMount(MountKind.Volume, "db", "/var/lib/postgresql/data")] },
        Service("rpa1", "db") with { Replicas = 2 },
        Service("rpa2", "db"),
        Service("rpa3", "db"));
}
