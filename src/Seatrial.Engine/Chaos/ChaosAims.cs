using Seatrial.Engine.Compose;
using Seatrial.Engine.Faults;
using Seatrial.Engine.Specs;

namespace Seatrial.Engine.Chaos;

/// <summary>Which kinds of fault can be drawn for a system, and at which services each may be aimed.</summary>
public sealed record ChaosAims
{
    /// <summary>Kinds that prove nothing when nobody chose their moment and their strength.</summary>
    private static readonly Dictionary<string, string> _notByChance = new()
    {
        ["long-snapshot"] = "a snapshot breaks nothing in a few seconds",
        ["memory-short"] = "whether a limit is felt depends on what the container happens to need",
        ["processes-exhausted"] = "whether a limit is felt depends on what the container happens to start",
        ["io-throttled"] = "whether it is felt depends on what the container happens to write",
        ["slice"] = "which connections are old enough to be missed depends on the pool",
    };

    /// <summary>A kind and a service that it may be aimed at.</summary>
    public required IReadOnlyList<(FaultKind Kind, string Service)> Pairs { get; init; }

    /// <summary>Kinds that are left out, each with the reason.</summary>
    public required IReadOnlyList<(string Kind, string Reason)> LeftOut { get; init; }

    /// <summary>The services whose containers work on records.</summary>
    public required IReadOnlyList<string> Workers { get; init; }

    /// <summary>All that a system on a machine can have; <paramref name="missing"/> is what the machine
    /// lacks.</summary>
    public static ChaosAims Of(
        ComposeProject project,
        SystemSpec spec,
        IReadOnlyDictionary<string, int> replicas,
        Func<FaultKind, string?> missing)
    {
        var workers = Running(spec.Mapping.Stages, replicas);
        if (workers.Count is 0)
        {
            workers = Running(project.Services.Keys.Where(name => name != spec.Database.Service), replicas);
        }

        var (pairs, leftOut) = (new List<(FaultKind, string)>(), new List<(string, string)>());
        foreach (var kind in FaultCatalogue.All)
        {
            var services = ServicesFor(kind, project, spec, workers, replicas);
            var reason = _notByChance.GetValueOrDefault(kind.Name) ?? missing(kind)
                ?? kind.Lacks(new FaultSubject(project, spec, Service: null));
            var fit = services.Where(service => kind.Lacks(new FaultSubject(project, spec, service)) is null).ToList();
            if (reason is null && fit.Count > 0)
            {
                pairs.AddRange(fit.Select(service => (kind, service)));
            }
            else
            {
                leftOut.Add((kind.Name, reason ?? services
                    .Select(service => kind.Lacks(new FaultSubject(project, spec, service)))
                    .FirstOrDefault(why => why is not null) ?? "no service that it could be aimed at runs"));
            }
        }

        return new ChaosAims { Pairs = pairs, LeftOut = leftOut, Workers = workers };
    }

    private static List<string> Running(IEnumerable<string> services, IReadOnlyDictionary<string, int> replicas) =>
        [.. services.Where(service => replicas.GetValueOrDefault(service) > 0)];

    private static List<string> ServicesFor(
        FaultKind kind,
        ComposeProject project,
        SystemSpec spec,
        List<string> workers,
        IReadOnlyDictionary<string, int> replicas) => kind switch
        {
            { Name: "terminate-sessions" or "disk-full-journal" } => workers,
            { Lane: FaultLane.Database or FaultLane.Disk } => Running([spec.Database.Service], replicas),
            { Lane: FaultLane.Service } => Running(project.Services.Keys, replicas),
            _ => workers,
        };
}
