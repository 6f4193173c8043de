using Microsoft.Extensions.Time.Testing;
using Seatrial.Wire;
using Seatrial.Worker.Hosting;
using Seatrial.Worker.Processing;
using Seatrial.Worker.Recovery;
using Seatrial.Worker.Tests.Configuration;
using Seatrial.Worker.Tests.Hosting;
using Seatrial.Worker.Tests.Prefect;
using Seatrial.Worker.Tests.Processing;

namespace Seatrial.Worker.Tests.Recovery;

public sealed class BackpressureTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly LogWatch _log = new();
    private readonly Intake _intake = new();

    [Fact]
    public void Takes_less_then_nothing_and_begins_again_well_below_the_bound()
    {
        var load = 0.0;
        var backpressure = new Backpressure(
            [new Pressure("idle", () => 0, () => ""), new Pressure("memory", () => load, () => "much")], _intake,
            new FakeTimeProvider(), _log);
        var limits = new List<int>();
        foreach (var next in new[] { 0.5, 0.8, 0.9, 0.99, 1.0, 0.9, 0.75, 0.6 })
        {
            load = next;
            backpressure.Look();
            limits.Add(_intake.Limit(100));
        }

        Assert.Equal([100, 100, 50, 5, 0, 0, 0, 100], limits);
        Assert.Equal(
            [
                "Information: Claims less than whole batches, because of memory: much.",
                "Warning: Claims nothing more for now, because of memory: much.",
                "Information: Claims whole batches again.",
            ],
            _log.Lines);
    }

    [Fact]
    public void Health_says_what_presses()
    {
        var load = 1.2;
        var backpressure = new Backpressure(
            [new Pressure("memory", () => load, () => "9 of 8 MB")], _intake, new FakeTimeProvider(), _log);
        backpressure.Look();

        var check = backpressure.Check();

        Assert.Equal(HealthStatus.Degraded, check.Status);
        Assert.Equal("Nothing is claimed, because of memory: 9 of 8 MB.", check.Message);
        Assert.Equal("120 % of its bound: 9 of 8 MB", check.Details["memory"]);
        load = 0;
        backpressure.Look();
        Assert.Equal(HealthStatus.Healthy, backpressure.Check().Status);
    }

    [Fact]
    public async Task Who_waits_for_the_intake_goes_on_when_it_opens()
    {
        _intake.Set(0, "full");
        var waiting = _intake.OpenAsync(TestContext.Current.CancellationToken);
        Assert.False(waiting.IsCompleted);

        _intake.Set(10, "less");

        await waiting.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_worker_under_pressure_claims_nothing_and_says_so_until_the_pressure_is_gone()
    {
        await using var queue = await TestQueue.CreateAsync();
        var journal = Journal.Open(_folder.PathOf(""), "flow", 1 << 20, _log);
        Assert.NotNull(journal);

        // Of a queue that this flow does not handle: it stays, and counts.
        Assert.True(journal.TryAppend(new JournalEntry
        {
            Queue = "other",
            Owner = "one before",
            Records =
            [
                new JournalRecord
                {
                    Id = 1, Key = "k", Payload = new byte[40_000], Fence = 1, Attempt = 1, Ending = "Untouched",
                },
            ],
        }));
        journal.Dispose();
        await queue.EnqueueAsync("q", 10);
        await using (var worker = new TestWorker(
            queue.ConnectionString, Configure, ("STATE_FOLDER", _folder.PathOf("")),
            ("WORKER__JOURNAL_SIZE", "100k"), ("HEALTH_CHECK_CONFIG__INTERVAL", "100ms")))
        {
            await worker.Log.SeenAsync(
                "Health of intake went from healthy to degraded: Nothing is claimed, because of journal");
            var metrics = "";
            await Eventually.HoldsAsync(worker.Log, async () =>
            {
                metrics = (await worker.GetAsync("/metrics")).Body;
                return metrics.Contains("seatrial_queue_depth{seatrial_queue=\"q\"} 10\n", StringComparison.Ordinal);
            });
            Assert.Contains("seatrial_intake_share_ratio 0\n", metrics, StringComparison.Ordinal);
            Assert.Contains("seatrial_journal_entries 1\n", metrics, StringComparison.Ordinal);
            Assert.Equal("0", await queue.RowAsync("select count(*) from seatrial.records where state <> 'ready'"));
        }

        await using var roomy = new TestWorker(
            queue.ConnectionString, Configure, ("STATE_FOLDER", _folder.PathOf("")));
        await queue.UntilAsync("(select count(*) from seatrial.results) = 10");
    }

    [Fact]
    public async Task A_worker_near_its_memory_bound_claims_nothing()
    {
        await using var queue = await TestQueue.CreateAsync();
        await queue.EnqueueAsync("q", 1);
        await using var worker = new TestWorker(
            queue.ConnectionString, Configure, ("RESOURCE_LIMITS__MEMORY", "16m"));

        await worker.Log.SeenAsync("Claims nothing more for now, because of memory: ");

        Assert.Equal("0", await queue.RowAsync("select count(*) from seatrial.records where state <> 'ready'"));
        Assert.Equal(0, await worker.StopAsync());
    }

    public void Dispose() => _folder.Dispose();

    private static void Configure(WorkerBuilder worker) =>
        worker.Handle("q", TestJson.Default.Number, _ => Outcome.Done());
}
