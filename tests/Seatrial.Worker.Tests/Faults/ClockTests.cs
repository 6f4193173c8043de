using Seatrial.Worker.Tests.Configuration;
using Seatrial.Worker.Tests.Hosting;
using Seatrial.Worker.Tests.Processing;

namespace Seatrial.Worker.Tests.Faults;

/// <summary>The wall clock of a container is set while its worker works: leases are on the database's.</summary>
public sealed class ClockTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task A_clock_that_is_set_by_an_hour_moves_no_lease_and_counts_no_record_twice(int hours)
    {
        await using var queue = await TestQueue.CreateAsync();
        var work = await Workload.CreateAsync(queue);
        var clock = new WallClock();
        (string, string)[] variables =
        [
            ("WORKER__BATCH_SIZE", "10"), ("WORKER__CONCURRENCY", "1"), ("WORKER__POLL_INTERVAL", "20ms"),
            ("WORKER__LEASE", "2s"), ("STATE_FOLDER", _folder.PathOf("")),
        ];
        await using var moved = new TestWorker(clock, queue.ConnectionString, work.Configure, variables);
        await work.Midway;
        await using var other = new TestWorker(queue.ConnectionString, work.Configure, variables);
        await other.Log.SeenAsync("Working after");

        clock.Set(TimeSpan.FromHours(hours));

        // Both go on renewing, for more than a lease.
        await queue.UntilAsync("""
            exists (select from seatrial.records where state = 'running' and lease_until > enqueued_at + interval '5 s')
            """);
        Assert.Equal("True", await queue.RowAsync("""
            select bool_and(lease_until <= clock_timestamp() + interval '2 s') from (
                select lease_until from seatrial.records union all select lease_until from seatrial.chunks) leases
            """));
        Assert.Equal(200, (await moved.GetAsync("/readyz")).Status);
        work.GoOn();

        await work.AssertOnceAsync();
        Assert.Equal(4 * Workload.Each, work.Calls);
        Assert.DoesNotContain(
            moved.Log.Lines.Concat(other.Log.Lines),
            line => line.Contains("whose lease had ended", StringComparison.Ordinal));
        Assert.Equal((0, 0), (await moved.StopAsync(), await other.StopAsync()));
    }

    public void Dispose() => _folder.Dispose();
}
