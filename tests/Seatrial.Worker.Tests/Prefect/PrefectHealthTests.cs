using System.Text.RegularExpressions;
using Seatrial.Wire;
using Seatrial.Worker.Prefect;
using Seatrial.Worker.Processing;
using Seatrial.Worker.Recovery;
using Seatrial.Worker.Tests.Configuration;
using Seatrial.Worker.Tests.Faults;
using Seatrial.Worker.Tests.Hosting;
using Seatrial.Worker.Tests.Processing;

namespace Seatrial.Worker.Tests.Prefect;

/// <summary>What health and metrics say of a Prefect that is away.</summary>
public sealed class PrefectHealthTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Uri _nowhere = new($"http://127.0.0.1:{TestWorker.FreePort()}/api");

    [Fact]
    public async Task Its_breaker_and_its_outbox_are_seen_and_no_record_waits_for_it()
    {
        await using var queue = await TestQueue.CreateAsync();
        await queue.EnqueueAsync("q", 20);
        await using var worker = new TestWorker(
            queue.ConnectionString,
            builder => builder.Handle("q", TestJson.Default.Number, _ => Outcome.Done()),
            ("PREFECT__API_URL", _nowhere.AbsoluteUri), ("PREFECT__RETRY_CONFIG__FIRST_DELAY", "20ms"),
            ("STATE_FOLDER", _folder.PathOf("")), ("PREFECT__IDLE_AFTER", "1h"));
        await queue.UntilAsync("(select count(*) from seatrial.results) = 20");
        await worker.Log.SeenAsync("Work goes on without it");

        await UntilAsync(
            worker, "/metrics", "seatrial_breaker_state[{]seatrial_dependency=\"PREFECT\",seatrial_state=\"closed\"[}] 0\n");
        await UntilAsync(worker, "/metrics", "seatrial_prefect_outbox_depth [1-9]");
        Assert.Contains("seatrial_prefect_outbox_dead_letters 0\n", (await worker.GetAsync("/metrics")).Body,
            StringComparison.Ordinal);
        await UntilAsync(worker, "/health", "Not closed: PREFECT[.]");
        await UntilAsync(worker, "/health", "[1-9][0-9]* entries wait for Prefect[.]");
        Assert.Equal(200, (await worker.GetAsync("/readyz")).Status);
        Assert.Equal(0, await worker.StopAsync());
    }

    [Fact]
    public async Task An_outbox_is_degraded_when_it_is_a_minute_behind_or_holds_what_was_refused()
    {
        var clock = new WallClock();
        await using var work = new ObservedWork(clock, _nowhere, _folder.PathOf(""), "owner");
        var fresh = RecoveryChecks.OfOutbox(work.Part, clock);
        Assert.Equal((HealthStatus.Healthy, "0 entries wait for Prefect."), (fresh.Status, fresh.Message));

        work.Work(3);
        await work.RunBeginsAsync();
        clock.Set(TimeSpan.FromMinutes(2));
        var late = RecoveryChecks.OfOutbox(work.Part, clock);
        Assert.Equal(HealthStatus.Degraded, late.Status);
        Assert.StartsWith("Prefect is behind: ", late.Message, StringComparison.Ordinal);
        Assert.Equal("false", late.Details["connected"]);

        await work.RunEndsAsync();
        clock.Set(TimeSpan.Zero);
        var config = new PrefectConfig { ApiUrl = _nowhere };
        using var outbox = new Outbox(
            Directory.EnumerateFiles(_folder.PathOf(""), "prefect-*.db").Single(),
            new OutboxLimits(config.MaxRows, config.MaxAge), clock);
        outbox.GiveUp(outbox.Due(1)[0].Run.Id, "refused");
        var refused = RecoveryChecks.OfOutbox(work.Part, clock);
        Assert.Equal(HealthStatus.Degraded, refused.Status);
        Assert.Equal($"Prefect refused {refused.Details["dead_letters"]} entries.", refused.Message);
        Assert.NotEqual("0", refused.Details["dead_letters"]);
    }

    public void Dispose() => _folder.Dispose();

    private static Task UntilAsync(TestWorker worker, string path, string text) => Eventually.HoldsAsync(
        worker.Log, async () => Regex.IsMatch((await worker.GetAsync(path)).Body, text));
}
