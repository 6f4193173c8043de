using Seatrial.Engine.Compose;
using Seatrial.Engine.Measurements.Bottlenecks;
using Seatrial.Engine.Specs;
using Seatrial.Wire;

namespace Seatrial.Engine.Tuning;

/// <summary>Puts a proposed change into the model of a system.</summary>
public static class ResourceChanges
{
    /// <summary>The system as it would be read from files with the change in them: a pure function.</summary>
    public static AppliedChange Apply(ComposeProject project, SystemSpec spec, ResourceChange change)
    {
        if (!project.Services.TryGetValue(change.Service, out var service))
        {
            return new AppliedChange.Refused($"{project.Name} has no service {change.Service}");
        }

        return change.Setting switch
        {
            _ when ResourceSettings.IsVariable(change.Setting) => Variable(project, spec, service, change),
            ResourceSettings.Cpus => Cpus(project, spec, service, change.Proposed),
            ResourceSettings.Memory => Memory(project, spec, service, (long)change.Proposed),
            ResourceSettings.Replicas => Replicas(project, spec, service, (int)change.Proposed),
            _ => new AppliedChange.Refused($"{change.Setting} is nothing that Seatrial can set"),
        };
    }

    /// <summary>How many of a service's containers a trial runs.</summary>
    public static int ReplicasOf(ComposeService service, SystemSpec spec) =>
        spec.Distributed.Replicas.GetValueOrDefault(service.Name, service.Replicas);

    private static AppliedChange Cpus(
        ComposeProject project, SystemSpec spec, ComposeService service, double cores)
    {
        var limits = service.Limits;
        return (limits.CpuQuota ?? limits.CpuPeriod) is not null
            ? new AppliedChange.Refused($"{service.Name} has a cpu_quota or cpu_period, beside which there is no cpus")
            : limits.Cpus == cores ? Already(service, ResourceSettings.Cpus, cores)
            : With(project, spec, service with { Limits = limits with { Cpus = cores } });
    }

    private static AppliedChange Memory(ComposeProject project, SystemSpec spec, ComposeService service, long bytes)
    {
        var limits = service.Limits;
        return limits.MemorySwap is > 0 and var swap && swap < bytes
            ? new AppliedChange.Refused($"the memswap_limit of {service.Name} would be below it")
            : limits.MemoryReservation > bytes
                ? new AppliedChange.Refused($"the memory that {service.Name} reserves would be above it")
            : limits.Memory == bytes ? Already(service, ResourceSettings.Memory, bytes)
            : With(project, spec, service with { Limits = limits with { Memory = bytes } });
    }

    private static AppliedChange Replicas(ComposeProject project, SystemSpec spec, ComposeService service, int count)
    {
        if (service.Name == spec.Database.Service)
        {
            return new AppliedChange.Refused($"{service.Name} is the database of the trial: there is one");
        }

        if (OnlyOne(service) is { } because && count > 1)
        {
            return new AppliedChange.Refused($"{service.Name} has {because}, so there can be one only");
        }

        return ReplicasOf(service, spec) == count
            ? Already(service, ResourceSettings.Replicas, count)
            : With(
                project,
                spec with
                {
                    Distributed = spec.Distributed with
                    {
                        Replicas = new Dictionary<string, int>(spec.Distributed.Replicas) { [service.Name] = count },
                    },
                },
                service with { Replicas = count });
    }

    private static string? OnlyOne(ComposeService service) =>
        service.ContainerName is not null ? "a container_name"
        : service.Deploy.Mode.StartsWith("global", StringComparison.Ordinal) ? "the mode global"
        : service.Ports.Any(port => port.HostPort is not null) ? "a host port"
        : service.Endpoints.Values.Any(place => place is not { Ipv4Address: null, Ipv6Address: null })
            ? "an address of its own" : null;

    private static AppliedChange Variable(
        ComposeProject project, SystemSpec spec, ComposeService service, ResourceChange change)
    {
        if (service.Environment.ContainsKey(change.Setting + ContainerVariables.FileSuffix))
        {
            return new AppliedChange.Refused($"a file says it: {change.Setting}{ContainerVariables.FileSuffix}");
        }

        var text = ResourceSettings.Text(change.Setting, change.Proposed);
        return service.Environment.GetValueOrDefault(change.Setting) == text
            ? Already(service, change.Setting, change.Proposed)
            : With(project, spec, service with
            {
                Environment = new Dictionary<string, string>(service.Environment) { [change.Setting] = text },
            });
    }

    private static AppliedChange.Refused Already(ComposeService service, string setting, double value) =>
        new($"{setting} of {service.Name} is {ResourceSettings.Show(setting, value)} already");

    private static AppliedChange.Changed With(ComposeProject project, SystemSpec spec, ComposeService service) => new(
        project with
        {
            Services = new OrderedDictionary<string, ComposeService>(project.Services) { [service.Name] = service },
        },
        spec);
}
