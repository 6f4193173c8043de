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
            .Select((fault, i) => new PlannedFault(
                fault,
                fault.Service is { } service ? Choose(chance, fault.Target, replicas[service]) : [],
                fault.At is FaultTrigger.Part part ? Math.Max(1, (long)Math.Ceiling(part.Of * records)) : 0)
            {
                Seed = new SeededRandom(request.Seed + (ulong)i).NextBits(),
            })
            .OrderBy(fault => (fault.Spec.At as FaultTrigger.Part)?.Of ?? 0)
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

    /// <summary>The first of a shuffle, in order.</summary>
    internal static List<int> Choose(SeededRandom chance, FaultTarget target, int count)
    {
        if (target.Number is { } named)
        {
            return [named];
        }

        var left = Enumerable.Range(1, count).ToList();
        if (target.Choice is TargetChoice.AllOf)
        {
            return left;
        }

        var chosen = new List<int>();
        while (chosen.Count < target.Size(count))
        {
            var at = chance.Next(left.Count);
            chosen.Add(left[at]);
            left.RemoveAt(at);
        }

        return [.. chosen.Order()];
    }

    private static IEnumerable<Problem> Problems(
        SystemSpec spec, int records, int available, Dictionary<string, int> replicas)
    {
        if (records < 1 || available < 1)
        {
            yield return new Problem
            {
                What = $"A trial over {Math.Min(records, available)} records proves nothing.",
                Where = available < 1 ? string.Join(", ", spec.Workload.Kinds.Select(kind => kind.File)) : "--records",
                Fix = "Give at least 1 record.",
            };
        }

        foreach (var problem in FaultAims.Problems(spec.Distributed.Faults, replicas))
        {
            yield return problem;
        }
    }
}
