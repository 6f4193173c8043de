using Seatrial.Engine.Environments;
using Seatrial.Engine.Histories;
using Seatrial.Engine.Plans;
using Seatrial.Engine.Specs;

namespace Seatrial.Engine.Faults;

/// <summary>Waits until faults are due: made when the load begins, from which times are counted.</summary>
public sealed class TriggerWatch(FaultScene scene)
{
    private readonly long _began = scene.Clock.GetTimestamp();

    /// <summary>True once it is due; false when the log ended before.</summary>
    public async Task<bool> WaitAsync(PlannedFault fault, CancellationToken cancellationToken)
    {
        switch (fault.Spec.At)
        {
            case FaultTrigger.Time time:
                var left = time.After - scene.Clock.GetElapsedTime(_began);
                if (left > TimeSpan.Zero)
                {
                    await Task.Delay(left, scene.Clock, cancellationToken);
                }

                return true;
            case FaultTrigger.Sighting happened:
                return scene.Log is { } sighted && await sighted.CatchAsync(
                    counts => IsDue(happened, counts, scene.Environment.Containers), cancellationToken);
            default:
                return scene.Log is { } log && await log.WaitUntilAsync(
                    counts => counts.Queues.TryGetValue(fault.Spec.Queue, out var queue)
                        && queue.Done >= fault.DueAtDone,
                    cancellationToken);
        }
    }

    /// <summary>Whether the log shows it by now.</summary>
    internal static bool IsDue(
        FaultTrigger.Sighting happened, LiveCounts counts, IReadOnlyList<RunningContainer> containers)
    {
        if (happened.By is { } by)
        {
            var owner = containers
                .Where(container => container.Service == by || container.Place == by)
                .Select(container => FaultScene.CountsOf(counts, container))
                .OfType<OwnerCounts>()
                .Aggregate((OwnerCounts?)null, (sum, one) => sum is null ? one : sum with
                {
                    Claims = sum.Claims + one.Claims,
                    Done = sum.Done + one.Done,
                    Held = sum.Held + one.Held,
                    Lost = sum.Lost + one.Lost,
                });
            return owner is not null && happened.What switch
            {
                LogCount.Claim => owner.Claims >= happened.Nth && owner.Held > 0,
                LogCount.Done => owner.Done >= happened.Nth,
                LogCount.Lost => owner.Lost >= happened.Nth,
                LogCount.Enqueue or LogCount.Dead => false,
            };
        }

        return counts.Queues.TryGetValue(happened.Queue, out var queue) && happened.What switch
        {
            LogCount.Enqueue => queue.Enqueued >= happened.Nth,
            LogCount.Claim => queue.Claims >= happened.Nth && queue.Running > 0,
            LogCount.Done => queue.Done >= happened.Nth,
            LogCount.Dead => queue.Dead >= happened.Nth,
            LogCount.Lost => counts.Owners.Values.Where(owner => owner.Queue == happened.Queue)
                .Sum(owner => owner.Lost) >= happened.Nth,
        };
    }
}
