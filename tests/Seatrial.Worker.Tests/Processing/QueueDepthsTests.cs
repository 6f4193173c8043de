using Microsoft.Extensions.Logging.Abstractions;
using Seatrial.Worker.Configuration;
using Seatrial.Worker.Processing;
using Seatrial.Worker.Recovery;

namespace Seatrial.Worker.Tests.Processing;

public sealed class QueueDepthsTests
{
    [Fact]
    public async Task Counts_rows_and_chunks_that_are_ready_and_knows_the_oldest_of_them()
    {
        await using var queue = await TestQueue.CreateAsync();
        await queue.EnqueueAsync("q", 7);
        await queue.ExecuteAsync("""
            update seatrial.records set run_at = now() - interval '90 s', priority = 2 where key = 'k3';
            update seatrial.records set state = 'dead' where key = 'k4';
            insert into seatrial.chunks (queue, records, run_at) values ('bulk', 50, now() - interval '30 s'),
                ('bulk', 20, now())
            """);

        var depths = await Depths(queue, "q", "bulk", "empty").ReadAsync(TestQueue.Cancellation);

        Assert.Equal([("bulk", 70L), ("empty", 0L), ("q", 6L)], depths
            .OrderBy(depth => depth.Queue, StringComparer.Ordinal).Select(depth => (depth.Queue, depth.Ready)));
        var ages = depths.ToDictionary(depth => depth.Queue, depth => depth.OldestSeconds);
        Assert.InRange(ages["q"], 90, 120);
        Assert.InRange(ages["bulk"], 30, 60);
        Assert.Equal(0, ages["empty"]);
    }

    private static QueueDepths Depths(TestQueue queue, params string[] names)
    {
        var time = TimeProvider.System;
        var breakers = new CircuitBreakers(time, NullLogger.Instance);
        return new QueueDepths(queue.DataSource, names, TimeSpan.FromSeconds(1), new WorkerContext
        {
            Owner = "me",
            Live = new LiveConfig(ContainerConfigReader.Read(new Dictionary<string, string>()).Config),
            Retry = new DatabaseRetry(
                new RetryConfig(), breakers.Busy("QUEUE", new RetryConfig()), NullLogger.Instance),
            Breakers = breakers,
            Drain = new Drain(TimeSpan.FromSeconds(1), time),
            Time = time,
            Logger = NullLogger.Instance,
            Progress = new WorkerProgress(time),
        });
    }
}
