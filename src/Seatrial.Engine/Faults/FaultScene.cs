using Seatrial.Engine.Drivers;
using Seatrial.Engine.Environments;
using Seatrial.Engine.Faults.Hosts;
using Seatrial.Engine.Histories;
using Seatrial.Engine.Specs;

namespace Seatrial.Engine.Faults;

/// <summary>Where a fault plays: the environment, its engine and the clock; and what else is known there.</summary>
public sealed record FaultScene(RunningEnvironment Environment, IContainerDriver Driver, TimeProvider Clock)
{
    /// <summary>The log as it is read; null where none is recorded.</summary>
    public WalRecorder? Log { get; init; }

    /// <summary>The way past every fault; null in a system without a database.</summary>
    public DatabaseAccess? Database { get; init; }

    /// <summary>Where the records are.</summary>
    public RecordMapping? Mapping { get; init; }

    internal bool IsDatabase(RunningContainer container) => container.Service == Database?.Service;

    /// <summary>Whether it works on records, so that a fault has a moment to wait for.</summary>
    internal bool IsWorker(RunningContainer container) => Log is not null
        && (Mapping?.Stages.Contains(container.Service) is true || CountsOf(Log.Counts, container) is not null);

    internal DatabaseAccess DatabaseOf(FaultOrder order) => Database
        ?? throw new FaultNotSeenException($"{order.Spec.Kind} needs a database, and there is none.");

    internal Task<ContainerHost> HostOfAsync(RunningContainer container, CancellationToken cancellationToken) =>
        ContainerHost.OfAsync(Driver, container.Id, container.ShortName, cancellationToken);

    internal async Task<ContainerState> StateOfAsync(
        RunningContainer container, CancellationToken cancellationToken) =>
        await Driver.Containers.InspectAsync(container.Id, cancellationToken)
        ?? throw new FaultNotSeenException($"{container.ShortName} is not on the engine.");

    /// <summary>Looks until there is something to be seen.</summary>
    internal async Task<T> UntilAsync<T>(Func<Task<T?>> look, CancellationToken cancellationToken)
        where T : class
    {
        while (true)
        {
            if (await look() is { } seen)
            {
                return seen;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), Clock, cancellationToken);
        }
    }

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
    /// <exception cref="FaultNotSeenException">The log ended before, or there is none.</exception>
    internal async Task<OwnerCounts> SeeAsync(
        RunningContainer container, string what, Func<OwnerCounts, LiveCounts, bool> condition,
            CancellationToken cancellationToken)
    {
        var log = Log ?? throw new FaultNotSeenException("Nobody records the log, in which it would be seen.");
        var seen = (OwnerCounts?)null;
        var met = await log.CatchAsync(
            counts => (seen = CountsOf(counts, container)) is not null && condition(seen, counts), cancellationToken);
        return met && seen is not null
            ? seen
            : throw new FaultNotSeenException($"The log ended before it showed that {container.ShortName} {what}.");
    }

    /// <summary>Waits until it holds a record; one that works on none has no better moment than now.</summary>
    internal async Task WaitUntilHoldingAsync(RunningContainer container, CancellationToken cancellationToken)
    {
        if (IsWorker(container))
        {
            await SeeAsync(container, "held a record", (owner, _) => owner.Held > 0, cancellationToken);
        }
    }
}
