using System.Collections.Concurrent;
using Seatrial.Worker.Hosting;
using Seatrial.Worker.Processing;
using Seatrial.Worker.Tests.Configuration;
using Seatrial.Worker.Tests.Hosting;
using Seatrial.Worker.Tests.Prefect;
using Seatrial.Worker.Tests.Processing;

namespace Seatrial.Worker.Tests.Recovery;

/// <summary>Whole workers, while their database takes no connections.</summary>
public sealed class JournalOutageTests : IDisposable
{
    // What waits in memory beyond its lease may run again: not here, however slow the machine is.
    private static readonly (string, string) _longLease = ("WORKER__LEASE", "90s");

    private readonly TemporaryFolder _folder = new();
    private readonly ConcurrentQueue<string> _handled = new();
    private readonly TaskCompletionSource _midway = new();
    private readonly TaskCompletionSource _away = new();

    private (string, string)[] Quick =>
    [
        ("WORKER__BATCH_SIZE", "10"),
        ("WORKER__CONCURRENCY", "2"),
        ("WORKER__POLL_INTERVAL", "20ms"),
        ("WORKER__JOURNAL_AFTER", "50ms"),
        ("STATE_FOLDER", _folder.PathOf("")),
        ("DATABASE_CONNECTIONS__QUEUE__RETRY_CONFIG__MAX_DELAY", "100ms"),
    ];

    [Theory]
    [InlineData("30s")]
    [InlineData("1s")]
    public async Task Finished_work_waits_for_the_database_and_every_record_is_handled_and_lands_once(string lease)
    {
        const int Records = 400;
        await using var queue = await TestQueue.CreateAsync();
        await queue.EnqueueAsync("q", Records);
        await using var worker = new TestWorker(
            queue.ConnectionString, Configure, [.. Quick, ("WORKER__LEASE", lease)]);
        await _midway.Task.WaitAsync(TestQueue.Cancellation);
        await using (await Outage.BeginAsync(queue.ConnectionString))
        {
            _away.SetResult();
            await worker.Log.SeenAsync("Kept 10 finished records of q in the journal");
            await Eventually.HoldsAsync(worker.Log, async () => (await worker.GetAsync("/health")).Body.Contains(
                "0 records are held", StringComparison.Ordinal));
            await worker.Log.SeenAsync("The circuit breaker of QUEUE opened");
            Assert.Contains(
                "seatrial_breaker_state{seatrial_dependency=\"QUEUE\",seatrial_state=\"closed\"} 0\n",
                (await worker.GetAsync("/metrics")).Body, StringComparison.Ordinal);
            if (lease == "1s")
            {
                // Nobody renews them: when the database is back they have ended.
                await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, TestQueue.Cancellation);
            }
        }

        await FinishAsync(queue, Records);

        Assert.Equal(Records, _handled.Distinct().Count());
        Assert.Equal(Records, _handled.Count);
        Assert.Equal(0, await worker.StopAsync());
    }

    [Fact]
    public async Task A_full_journal_takes_no_more_and_loses_nothing()
    {
        const int Records = 100;
        await using var queue = await TestQueue.CreateAsync();
        await queue.ExecuteAsync($$"""
            insert into seatrial.records (queue, key, payload)
            select 'q', 'k' || n, jsonb_build_object('n', n, 'pad', repeat('x', 3000))
            from generate_series(1, {{Records}}) n
            """);
        await using var worker = new TestWorker(
            queue.ConnectionString, Configure, [.. Quick, _longLease, ("WORKER__JOURNAL_SIZE", "64k")]);
        await _midway.Task.WaitAsync(TestQueue.Cancellation);
        await using (await Outage.BeginAsync(queue.ConnectionString))
        {
            _away.SetResult();
            await worker.Log.SeenAsync("Kept 10 finished records of q in the journal");
            await worker.Log.SeenAsync("The journal has no room for 10 finished records of q");
        }

        await FinishAsync(queue, Records);

        Assert.Equal(Records, _handled.Count);
        Assert.Equal(0, await worker.StopAsync());
    }

    [Fact]
    public async Task What_a_full_disk_does_not_take_waits_in_memory_until_it_does()
    {
        using var disk = TinyDisk.Mount(_folder.PathOf(""), "600k");
        const int Records = 100;
        await using var queue = await TestQueue.CreateAsync();
        await queue.EnqueueAsync("q", Records);
        await using var worker = new TestWorker(queue.ConnectionString, Configure, [.. Quick, _longLease]);
        await _midway.Task.WaitAsync(TestQueue.Cancellation);
        await using (await Outage.BeginAsync(queue.ConnectionString))
        {
            disk.Fill();
            _away.SetResult();
            await worker.Log.SeenAsync("The journal's disk did not take 10 finished records of q");
            disk.MakeRoom();
            await worker.Log.SeenAsync("Kept 10 finished records of q in the journal");
            disk.Fill();
        }

        // Nothing is taken in as long as the disk is full; what is there already goes out.
        await worker.Log.SeenAsync("Brought 10 records of q from the journal");
        disk.MakeRoom();
        await FinishAsync(queue, Records);

        Assert.Equal(Records, _handled.Count);
        Assert.Equal(0, await worker.StopAsync());
    }

    public void Dispose() => _folder.Dispose();

    private static async Task FinishAsync(TestQueue queue, int records)
    {
        queue.DataSource.Clear();
        await queue.UntilAsync($"(select count(*) from seatrial.results) = {records}");
        Assert.Equal($"{records} {records}", await queue.RowAsync(
            "select count(*), count(distinct record_id) from seatrial.results"));
    }

    // Every lane stands still in the middle until the database is away.
    private void Configure(WorkerBuilder worker) => worker.Handle(
        "q", TestJson.Default.Number, async (record, _) =>
        {
            if (record.Payload.Value > 45)
            {
                _midway.TrySetResult();
                await _away.Task;
            }

            _handled.Enqueue(record.Key);
            return Outcome.Done(record.Payload, TestJson.Default.Number);
        });
}
