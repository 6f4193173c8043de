using Seatrial.Engine.Compose;
using Seatrial.Engine.Faults;
using Seatrial.Engine.Plans;
using Seatrial.Engine.Specs;

namespace Seatrial.Engine.Chaos;

/// <summary>How a schedule meets a system.</summary>
public static class ChaosPlans
{
    /// <summary>How many of each service run under a schedule: as it says, else as in a trial.</summary>
    public static IReadOnlyDictionary<string, int> Replicas(
        ComposeProject project, SystemSpec spec, ChaosSchedule? schedule) => project.Services.Values.ToDictionary(
            service => service.Name,
            service => schedule?.Replicas.TryGetValue(service.Name, out var asked) is true ? asked
                : spec.Distributed.Replicas.GetValueOrDefault(service.Name, service.Replicas));

    /// <summary>All that keeps a schedule from running as it is written: targets that are nobody, kinds that can't be
    /// had.</summary>
    public static IReadOnlyList<Problem> Problems(
        ComposeProject project, SystemSpec spec, ChaosSchedule schedule, Func<FaultKind, string?> missing) =>
    [
        .. FaultAims.Problems(schedule.Events.Select(one => one.Fault), Replicas(project, spec, schedule)),
        .. schedule.Events
            .Select(one => (one.Fault, Reason: missing(one.Kind)
                ?? one.Kind.Lacks(new FaultSubject(project, spec, one.Fault.Service))))
            .Where(one => one.Reason is not null)
            .Select(one => new Problem
            {
                What = $"The fault {one.Fault.Kind} can't be had here.",
                Where = one.Fault.Position.ToString(),
                At = one.Fault.Position,
                Why = one.Reason,
                Fix = "Take it out, or run the schedule where it can be had: `seatrial faults SYSTEM` lists them.",
            }),
    ];

    /// <summary>The plan by which the system comes up for a schedule.</summary>
    public static TrialPlan Plan(
        ComposeProject project, SystemSpec spec, ChaosSchedule schedule, TrialRequest request) => new()
        {
            Request = request,
            Project = project,
            Spec = spec with { Workload = spec.Workload with { Rate = schedule.Rate } },
            Records = 0,
            Replicas = Replicas(project, spec, schedule),
            Faults = [],
        };
}
