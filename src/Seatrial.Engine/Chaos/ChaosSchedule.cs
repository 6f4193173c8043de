using Seatrial.Engine.Faults;
using Seatrial.Engine.Plans;
using Seatrial.Engine.Specs;

namespace Seatrial.Engine.Chaos;

/// <summary>
/// What chaos does to a system: rounds of load with faults, and after each round a quiet period with a verdict. As a
/// file it is what is printed, replayed and shrunk.
/// </summary>
public sealed record ChaosSchedule
{
    /// <summary>Where the chance inside faults comes from, each fault's by its own id.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Records a second, as long as a round lasts.</summary>
    public required int Rate { get; init; }

    /// <summary>How many of each service run; what is not named here runs as the trial's plan says.</summary>
    public IReadOnlyDictionary<string, int> Replicas { get; init; } = new Dictionary<string, int>();

    public required IReadOnlyList<ChaosRound> Rounds { get; init; }

    /// <summary>All faults, in order.</summary>
    public IEnumerable<ChaosEvent> Events => Rounds.SelectMany(round => round.Events);

    /// <summary>
    /// A round's faults with their containers. Each fault's chance is its own, so that leaving one out changes no
    /// other.
    /// </summary>
    public IReadOnlyList<PlannedFault> Plan(ChaosRound round, IReadOnlyDictionary<string, int> replicas) =>
    [
        .. round.Events.Select(one => new PlannedFault(
            one.Fault,
            one.Fault.Service is { } service
                ? TrialPlanner.Choose(
                    EventChance.Of(Seed, one.Id), one.Fault.Target, replicas.GetValueOrDefault(service)) : [],
            0)
        {
            Seed = EventChance.Of(Seed, one.Id).NextBits(),
        }),
    ];
}

/// <summary>Load with faults, then quiet.</summary>
/// <param name="For">How long the load lasts at least: until its faults are over, too.</param>
/// <param name="Events">In the order in which they are written.</param>
public sealed record ChaosRound(TimeSpan For, IReadOnlyList<ChaosEvent> Events);

/// <summary>A fault with a name that no change of the schedule takes from it.</summary>
public sealed record ChaosEvent(string Id, FaultSpec Fault)
{
    internal FaultKind Kind => FaultCatalogue.Of(Fault.Kind);
}
