using Seatrial.Engine.Environments;
using Seatrial.Engine.Faults;
using Seatrial.Engine.Histories;
using Seatrial.Engine.Specs;

namespace Seatrial.Engine.Tests.Faults;

public sealed class TriggerWatchTests
{
    private static readonly RunningContainer[] _containers =
        [Container("rpa1", 1), Container("rpa1", 2), Container("rpa2", 1)];

    [Theory]
    [InlineData(LogCount.Claim, 3, "rpa1-2", true)]
    [InlineData(LogCount.Claim, 4, "rpa1-2", false)]
    [InlineData(LogCount.Claim, 1, "rpa1-1", false)]
    [InlineData(LogCount.Done, 5, "rpa1-1", true)]
    [InlineData(LogCount.Done, 6, "rpa1-1", false)]
    [InlineData(LogCount.Done, 7, "rpa1", true)]
    [InlineData(LogCount.Done, 8, "rpa1", false)]
    [InlineData(LogCount.Lost, 1, "rpa1", true)]
    [InlineData(LogCount.Lost, 1, "rpa2-1", false)]
    public void It_counts_what_one_container_or_a_whole_service_does(LogCount what, int nth, string by, bool due) =>
        Assert.Equal(due, TriggerWatch.IsDue(
            new FaultTrigger.Sighting(what, nth, "rpa1", by), _counts, _containers));

    [Theory]
    [InlineData(LogCount.Enqueue, 20, true)]
    [InlineData(LogCount.Enqueue, 21, false)]
    [InlineData(LogCount.Claim, 10, true)]
    [InlineData(LogCount.Claim, 11, false)]
    [InlineData(LogCount.Done, 7, true)]
    [InlineData(LogCount.Dead, 1, true)]
    [InlineData(LogCount.Dead, 2, false)]
    [InlineData(LogCount.Lost, 1, true)]
    [InlineData(LogCount.Lost, 2, false)]
    public void It_counts_what_happens_in_a_queue(LogCount what, int nth, bool due) =>
        Assert.Equal(due, TriggerWatch.IsDue(
            new FaultTrigger.Sighting(what, nth, "rpa1", By: null), _counts, _containers));

    private static readonly LiveCounts _counts = new()
    {
        Queues = new Dictionary<string, QueueCounts> { ["rpa1"] = new(20, 10, 7, 1, 7, 10, 2) },
        Owners = new Dictionary<string, OwnerCounts>
        {
            // All that the first one claimed is done: no claim of it is before its completion.
            ["id-of-rpa1-1/1"] = Owner("rpa1", claims: 5, done: 5, held: 0, lost: 0),
            ["id-of-rpa1-2/1"] = Owner("rpa1", claims: 3, done: 2, held: 1, lost: 1),
            ["id-of-rpa2-1/1"] = Owner("rpa2", claims: 1, done: 0, held: 1, lost: 0),
        },
        Events = 1,
        LastEventAt = null,
        Gap = null,
    };

    private static OwnerCounts Owner(string queue, long claims, long done, long held, long lost) => new()
    {
        Queue = queue,
        Claims = claims,
        Done = done,
        Held = held,
        Lost = lost,
        TakenOver = 0,
        LastClaimAt = default,
    };

    private static RunningContainer Container(string service, int number) => new(
        service, number, $"run-{service}-{number}", $"id-of-{service}-{number}", new Dictionary<string, string>());
}
