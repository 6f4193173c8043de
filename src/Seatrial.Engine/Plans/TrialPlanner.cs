using Seatrial.Engine.Compose;
using Seatrial.Engine.Specs;

namespace Seatrial.Engine.Plans;

/// <summary>From what was asked to what will be done: a pure function of its arguments.</summary>
public static class TrialPlanner
{
    /// <summary>Plans a trial over <paramref name="available"/> records in the workload's file.</summary>
    /// <exception cref="SeatrialException">What was asked can't be had.</exception>
    public static TrialPlan Plan(ComposeProject project, SystemSpec spec, int available, TrialRequest request)
    {
        var records = request.Records ?? available;
        var replicas = project.Services.Values.ToDictionary(
            service => service.Name,
            service => spec.Distributed.Replicas.GetValueOrDefault(service.Name, service.Replicas));
        var problems = Problems(spec, records, available, replicas).ToList();
        if (problems.Count > 0)
        {
            throw new SeatrialException(ExitCode.Usage, problems);
        }

        var chance = new SeededRandom(request.Seed);
        var faults = spec.Distributed.Faults
            .Select(fault => new PlannedFault(
                fault,
                1 + chance.Next(replicas[fault.Service]),
                Math.Max(1, (long)Math.Ceiling(fault.At * records))))
            .OrderBy(fault => fault.Spec.At)
            .ToList();
        return new TrialPlan
        {
            Request = request,
            Project = project,
            Spec = spec,
            Records = records,
            Replicas = replicas,
            Faults = faults,
        };
    }

    private static IEnumerable<Problem> Problems(
        SystemSpec spec, int records, int available, Dictionary<string, int> replicas)
    {
        if (records < 1 || available < 1)
        {
            yield return new Problem
            {
                What = $"A trial over {Math.Min(records, available)} records proves nothing.",
                Where = available < 1 ? spec.Workload.File : "--records",
                Fix = "Give at least 1 record.",
            };
        }

        foreach (var fault in spec.Distributed.Faults.Where(fault => replicas.GetValueOrDefault(fault.Service) < 1))
        {
            yield return new Problem
            {
                What = $"The fault {fault.Kind} needs a container of {fault.Service}, of which none runs.",
                Where = fault.Position.ToString(),
                Fix = $"Give {fault.Service} at least one replica, or aim at another service.",
            };
        }
    }
}
