using Seatrial.Engine.Specs;

namespace Seatrial.Engine.Plans;

/// <summary>Whether faults would meet anybody, and their triggers could fire, with so many containers.</summary>
internal static class FaultAims
{
    /// <summary>Every fault that would not, with its place in the file.</summary>
    public static IEnumerable<Problem> Problems(
        IEnumerable<FaultSpec> faults, IReadOnlyDictionary<string, int> replicas)
    {
        foreach (var fault in faults)
        {
            if (fault.Service is { } service && fault.Target.Size(replicas.GetValueOrDefault(service)) < 1)
            {
                yield return Nobody(fault, service, replicas.GetValueOrDefault(service));
            }

            if (fault.At is FaultTrigger.Sighting { By: { } by } && !replicas.ContainsKey(by)
                && !IsThere(by, replicas))
            {
                yield return new Problem
                {
                    What = $"The fault {fault.Kind} waits for {by}, which does not run.",
                    Where = fault.Position.ToString(),
                    Fix = "Name a container that runs, or give its service more replicas.",
                };
            }
        }
    }

    private static Problem Nobody(FaultSpec fault, string service, int count) => fault.Target.Choice switch
    {
        TargetChoice.Container => new Problem
        {
            What = $"The fault {fault.Kind} is aimed at {fault.Target}, but {count} of {service} run.",
            Where = fault.Position.ToString(),
            Fix = $"Aim at a container that runs, or give {service} more replicas.",
        },
        TargetChoice.MinorityOf => new Problem
        {
            What = $"The fault {fault.Kind} needs a minority of {service}, of which {count} run.",
            Where = fault.Position.ToString(),
            Fix = $"Give {service} at least three replicas, or aim at one of it.",
        },
        TargetChoice.OneOf or TargetChoice.AllOf or TargetChoice.HolderOf or TargetChoice.LastToClaim => new Problem
        {
            What = $"The fault {fault.Kind} needs a container of {service}, of which none runs.",
            Where = fault.Position.ToString(),
            Fix = $"Give {service} at least one replica, or aim at another service.",
        },
    };

    private static bool IsThere(string container, IReadOnlyDictionary<string, int> replicas) =>
        replicas.Any(service => Enumerable.Range(1, Math.Max(0, service.Value)).Any(
            number => container == $"{service.Key}-{number}"));
}
