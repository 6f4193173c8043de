using Seatrial.Engine.Faults;
using Seatrial.Engine.Specs;

namespace Seatrial.Engine.Plans;

/// <summary>Every kind of fault in its turn: a pure function of the trial's plan and of what the machine has.</summary>
public static class FaultSuitePlanner
{
    /// <summary>Plans the suite; <paramref name="missing"/> says why the machine can't have a kind, null when it
    /// can.</summary>
    public static FaultSuitePlan Plan(TrialPlan trial, Func<FaultKind, string?> missing)
    {
        var chance = new SeededRandom(trial.Request.Seed);
        var turns = new List<(FaultKind Kind, string Service)>();
        var lacking = new List<MissingFault>();
        foreach (var kind in FaultCatalogue.All.Where(kind => trial.Spec.Faults.Kinds.Contains(kind.Name)))
        {
            var able = missing(kind) is null ? Candidates(trial, kind) : [];
            turns.AddRange(able.Select(services => (kind, services[chance.Next(services.Count)])));
            if (able.Count == 0)
            {
                lacking.Add(new MissingFault(kind.Name, missing(kind) ?? Reason(trial, kind)));
            }
        }

        // What takes long to come back begins first.
        return new FaultSuitePlan(
            [.. turns.OrderBy(turn => turn.Kind.Aim is not FaultAim.Surroundings)
                .Select((turn, i) => Turn(trial, turn.Kind, turn.Service, chance, $"turn {i + 1} of {turns.Count}"))],
            lacking);
    }

    private static FaultTurn Turn(TrialPlan trial, FaultKind kind, string service, SeededRandom chance, string due) =>
        new(
            new PlannedFault(
                new FaultSpec
                {
                    Kind = kind.Name,
                    Target = new FaultTarget(TargetChoice.OneOf, service),
                    Queue = trial.Spec.Workload.Queue,
                    At = new FaultTrigger.Part(0),
                    For = kind.Hold is null ? null : trial.Spec.Faults.Hold,
                    Position = new SourcePosition(trial.Spec.Images.File, 0, 0),
                },
                [1 + chance.Next(trial.Replicas[service])],
                0)
            {
                Seed = chance.NextBits(),
                Due = due,
            },
            kind.Aim is FaultAim.Surroundings);

    /// <summary>
    /// The services that it can be aimed at, a turn for each list: those with several containers alone where one is to
    /// take over from another. Who is frozen past his lease finds his records done when there are others, and waiting
    /// when he is alone: what he writes then tells whether completions are fenced, so that both have a turn.
    /// </summary>
    private static List<List<string>> Candidates(TrialPlan trial, FaultKind kind)
    {
        var able = Services(trial, kind.Aim)
            .Where(service => trial.Replicas[service] > 0
                && kind.Lacks(new FaultSubject(trial.Project, trial.Spec, service)) is null)
            .ToList();
        var several = able.Where(service => trial.Replicas[service] > 1).ToList();
        List<List<string>> turns = kind.Name is "pause-past-lease" ? [several, [.. able.Except(several)]]
            : kind.Lane is FaultLane.Process && several.Count > 0 ? [several] : [able];
        return [.. turns.Where(services => services.Count > 0)];
    }

    private static IEnumerable<string> Services(TrialPlan trial, FaultAim aim) => aim switch
    {
        FaultAim.Worker => Workers(trial),
        FaultAim.Database => [trial.Spec.Database.Service],
        FaultAim.Surroundings or FaultAim.Way => trial.Project.Services.Keys,
    };

    /// <summary>The services that are named after a stage; where none is, those that depend on the database.</summary>
    private static List<string> Workers(TrialPlan trial)
    {
        var services = trial.Project.Services.Values;
        var named = services.Where(service => trial.Spec.Mapping.Stages.Contains(service.Name)).ToList();
        return
        [
            .. (named.Count > 0 ? named : services.Where(service => service.DependsOn.Any(
                    on => on.Service == trial.Spec.Database.Service)))
                .Select(service => service.Name),
        ];
    }

    private static string Reason(TrialPlan trial, FaultKind kind) =>
        kind.Lacks(new FaultSubject(trial.Project, trial.Spec, null))
        ?? Services(trial, kind.Aim)
            .Select(service => kind.Lacks(new FaultSubject(trial.Project, trial.Spec, service)))
            .FirstOrDefault(reason => reason is not null)
        ?? "no container runs that it could be aimed at";
}
