using Seatrial.Engine.Drivers;
using Seatrial.Engine.Environments;
using Seatrial.Engine.Histories;
using Seatrial.Engine.Plans;

namespace Seatrial.Engine.Faults;

/// <summary>Where a fault plays: the environment, its engine, the log as it is read, and the clock.</summary>
public sealed record FaultScene(
    RunningEnvironment Environment, IContainerDriver Driver, WalRecorder Log, TimeProvider Clock)
{
    /// <summary>The container that the plan chose.</summary>
    /// <exception cref="FaultNotSeenException">It is not there any more.</exception>
    internal RunningContainer TargetOf(PlannedFault plan) =>
        Environment.Containers.FirstOrDefault(
            container => container.Service == plan.Spec.Service && container.Number == plan.TargetNumber)
        ?? throw new FaultNotSeenException($"{plan.Target} does not run.");

    /// <summary>What the owners of a container's processes hold and have lost, summed, by the log.</summary>
    internal static OwnerCounts? CountsOf(LiveCounts counts, RunningContainer container)
    {
        var owners = counts.Owners
            .Where(owner => OwnerNames.IsOf(owner.Key, container))
            .Select(owner => owner.Value)
            .ToList();
        return owners.Count == 0 ? null : owners.Aggregate((sum, one) => one with
        {
            Claims = sum.Claims + one.Claims,
            Done = sum.Done + one.Done,
            Held = sum.Held + one.Held,
            Lost = sum.Lost + one.Lost,
            TakenOver = sum.TakenOver + one.TakenOver,
        });
    }

    /// <summary>Waits until the log shows it of a container's owners.</summary>
    /// <exception cref="FaultNotSeenException">The log ended before.</exception>
    internal async Task<OwnerCounts> SeeAsync(
        RunningContainer container, string what, Func<OwnerCounts, LiveCounts, bool> condition,
            CancellationToken cancellationToken)
    {
        var seen = (OwnerCounts?)null;
        var met = await Log.WaitUntilAsync(
            counts => (seen = CountsOf(counts, container)) is not null && condition(seen, counts), cancellationToken);
        return met && seen is not null
            ? seen
            : throw new FaultNotSeenException($"The log ended before it showed that {container.ShortName} {what}.");
    }
}
