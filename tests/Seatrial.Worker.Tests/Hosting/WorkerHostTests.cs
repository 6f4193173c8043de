using Seatrial.Worker.Hosting;
using Seatrial.Worker.Processing;
using Seatrial.Worker.Tests.Processing;

namespace Seatrial.Worker.Tests.Hosting;

public sealed class WorkerHostTests
{
    private const string Ended =
        "(select count(*) from seatrial.results) + (select count(*) from seatrial.records where state = 'dead')";

    private static readonly (string, string)[] Quick =
    [
        ("WORKER__BATCH_SIZE", "10"),
        ("WORKER__CONCURRENCY", "1"),
        ("WORKER__RETRY_CONFIG__FIRST_DELAY", "1ms"),
        ("WORKER__RETRY_CONFIG__MAX_DELAY", "1ms"),
        ("WORKER__POLL_INTERVAL", "20ms"),
        ("WORKER__MAX_ATTEMPTS", "3"),
    ];

    [Fact]
    public async Task Several_workers_share_a_chain_of_queues_and_each_record_has_one_effect_in_each()
    {
        const int Records = 500;
        await using var queue = await TestQueue.CreateAsync();
        await queue.EnqueueAsync("first", Records);
        void Configure(WorkerBuilder worker)
        {
            worker.Handle(
                "first", TestJson.Default.Number, record => Outcome.Done(record.Payload, TestJson.Default.Number)
                .Then("second", record.Payload, TestJson.Default.Number));
            worker.Handle(
                "second", TestJson.Default.Number, record => Outcome.Done(record.Payload, TestJson.Default.Number));
        }

        await using var one = new TestWorker(queue.ConnectionString, Configure, Quick);
        await using var two = new TestWorker(queue.ConnectionString, Configure, Quick);
        await queue.UntilAsync($"(select count(*) from seatrial.results) = {2 * Records}");

        Assert.Equal(
            [$"first {Records} {Records} {Records}", $"second {Records} {Records} {Records}"],
            await queue.RowsAsync("""
                select queue, count(*), count(distinct record_id), count(distinct key) from seatrial.results
                where result = jsonb_build_object('n', substr(key, 2)::int) group by 1 order by 1
                """));
        Assert.Equal((0, 0), (await one.StopAsync(), await two.StopAsync()));
    }

    [Fact]
    public async Task A_record_that_fails_is_tried_again_and_costs_the_others_nothing()
    {
        await using var queue = await TestQueue.CreateAsync();
        await queue.EnqueueAsync("q", 10);
        await queue.ExecuteAsync(
            "insert into seatrial.records (queue, key, payload) values ('q', 'k11', '{\"n\": \"eleven\"}')");
        await using var worker = new TestWorker(
            queue.ConnectionString,
            builder => builder.Handle("q", TestJson.Default.Number, record => record.Payload.Value switch
            {
                3 => throw new InvalidOperationException("always\0broken"),
                5 when record.Attempt == 1 => throw new TimeoutException("once"),
                7 => Outcome.Reject("seven is wrong"),
                _ => Outcome.Done(),
            }),
            Quick);

        await queue.UntilAsync($"{Ended} = 11");

        Assert.Equal(
            [
                "k11 dead 1 The payload does not have the shape that this flow reads, at $.n",
                "k3 dead 3 Failed 3 times, at last with InvalidOperationException: always\\0broken",
                "k7 dead 1 seven is wrong",
            ],
            await queue.RowsAsync("""
                select key, state, attempts, regexp_replace(error, ': JsonException.* Path: (\$\.n).*', ', at \1')
                from seatrial.records where state = 'dead' order by key
                """));
        Assert.Equal("8 3", await queue.RowAsync(
            "select count(*), max(fence) filter (where key = 'k5') from seatrial.results"));
    }

    [Fact]
    public async Task An_outcome_that_the_database_refuses_is_that_records_failure_alone()
    {
        await using var queue = await TestQueue.CreateAsync();
        await queue.EnqueueAsync("q", 10);
        await queue.ExecuteAsync("alter table seatrial.results add check (key <> 'k4')");
        await using var worker = new TestWorker(
            queue.ConnectionString, builder =>
                builder.Handle("q", TestJson.Default.Number, _ => Outcome.Done()), Quick);

        await queue.UntilAsync($"{Ended} = 10");

        Assert.Equal("k4 3 True", await queue.RowAsync(
            "select key, attempts, error like '%violates check%' from seatrial.records where state = 'dead'"));
        Assert.Equal("9", await queue.RowAsync("select count(*) from seatrial.results"));
    }

    [Fact]
    public async Task No_wake_up_is_lost()
    {
        await using var queue = await TestQueue.CreateAsync();
        var handled = new SemaphoreSlim(0);
        await using var worker = new TestWorker(
            queue.ConnectionString,
            builder => builder.Handle("q", TestJson.Default.Number, _ =>
            {
                handled.Release();
                return Outcome.Done();
            }),
            ("WORKER__POLL_INTERVAL", "1h"));
        await worker.Log.SeenAsync("Working after");
        for (var i = 0; i < 300; i++)
        {
            await queue.EnqueueAsync("q", 1);
            var isNoticed = await handled.WaitAsync(TimeSpan.FromMinutes(1), TestQueue.Cancellation);
            Assert.True(isNoticed, $"record {i}");
        }
    }

    [Fact]
    public async Task A_drain_finishes_what_runs_and_hands_back_what_waits()
    {
        await using var queue = await TestQueue.CreateAsync();
        await queue.EnqueueAsync("q", 50);
        var (begun, finish) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var worker = new TestWorker(
            queue.ConnectionString,
            builder => builder.Handle("q", TestJson.Default.Number, async (_, cancellationToken) =>
            {
                begun.TrySetResult();
                await finish.Task.WaitAsync(cancellationToken);
                return Outcome.Done();
            }),
            Quick);
        await begun.Task.WaitAsync(TestQueue.Cancellation);
        await queue.UntilAsync("(select count(*) from seatrial.records where state = 'running') = 20");

        var stopping = worker.StopAsync();
        await worker.Log.SeenAsync("Draining");
        finish.SetResult();

        Assert.Equal(0, await stopping);
        Assert.Equal(
            ["ready 0 40"],
            await queue.RowsAsync("select state, attempts, count(*) from seatrial.records group by 1, 2 order by 1"));
        Assert.Contains(worker.Log.Lines, line => line.Contains("0 left to their lease", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_drain_does_not_wait_for_a_handler_longer_than_it_may()
    {
        await using var queue = await TestQueue.CreateAsync();
        await queue.EnqueueAsync("q", 5);
        var begun = new TaskCompletionSource();
        await using var worker = new TestWorker(
            queue.ConnectionString,
            builder => builder.Handle("q", TestJson.Default.Number, async (record, cancellationToken) =>
            {
                if (record.Payload.Value == 3)
                {
                    begun.SetResult();
                    await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
                }

                return Outcome.Done();
            }),
            [.. Quick, ("WORKER__DRAIN_TIMEOUT", "4s")]);
        await begun.Task.WaitAsync(TestQueue.Cancellation);

        Assert.Equal(0, await worker.StopAsync());

        Assert.Equal(
            ["ready 0 3"],
            await queue.RowsAsync("select state, attempts, count(*) from seatrial.records group by 1, 2 order by 1"));
    }

    [Fact]
    public async Task Records_of_a_dead_worker_run_again_whatever_their_queue()
    {
        await using var queue = await TestQueue.CreateAsync();
        await queue.EnqueueAsync("q", 3);
        await queue.EnqueueAsync("other", 1);
        await queue.As("dead").ClaimAsync("q", 3, TimeSpan.FromMilliseconds(1));
        await queue.As("dead").ClaimAsync("other", 1, TimeSpan.FromMilliseconds(1));

        await using var worker = new TestWorker(
            queue.ConnectionString, builder =>
                builder.Handle("q", TestJson.Default.Number, _ => Outcome.Done()), Quick);
        await queue.UntilAsync("(select count(*) from seatrial.results) = 3");
        await queue.UntilAsync("not exists (select from seatrial.records where state = 'running')");

        Assert.Equal(
            ["other ready 1 2"],
            await queue.RowsAsync("select distinct queue, state, attempts, fence from seatrial.records order by 1"));
        Assert.Equal("3 3", await queue.RowAsync("select count(*), min(fence) from seatrial.results"));
    }

    [Fact]
    public async Task A_long_batch_keeps_its_lease()
    {
        await using var queue = await TestQueue.CreateAsync();
        await queue.EnqueueAsync("q", 1);
        var finish = new TaskCompletionSource();
        await using var worker = new TestWorker(
            queue.ConnectionString,
            builder => builder.Handle("q", TestJson.Default.Number, async (_, cancellationToken) =>
            {
                await finish.Task.WaitAsync(cancellationToken);
                return Outcome.Done();
            }),
            [.. Quick, ("WORKER__LEASE", "3s")]);

        await queue.UntilAsync("exists (select from seatrial.records where state = 'running')");
        await queue.UntilAsync(
            "exists (select from seatrial.records where lease_until > enqueued_at + interval '8 s')");
        finish.SetResult();
        await queue.UntilAsync("exists (select from seatrial.results)");

        Assert.Equal("1", await queue.RowAsync("select fence from seatrial.results"));
    }

    [Fact]
    public async Task A_worker_that_was_taken_over_writes_nothing_for_those_records_and_goes_on()
    {
        await using var queue = await TestQueue.CreateAsync();
        await queue.EnqueueAsync("q", 2);
        var (begun, finish) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var worker = new TestWorker(
            queue.ConnectionString,
            builder => builder.Handle("q", TestJson.Default.Number, async (_, cancellationToken) =>
            {
                begun.TrySetResult();
                await finish.Task.WaitAsync(cancellationToken);
                return Outcome.Done();
            }),
            Quick);
        await begun.Task.WaitAsync(TestQueue.Cancellation);
        await queue.ExecuteAsync("""
            update seatrial.records set owner = 'thief', fence = fence + 2, lease_until = now() + interval '1 hour'
            where key = 'k1'
            """);
        finish.SetResult();

        await worker.Log.SeenAsync("Wrote nothing for 1 records of q");
        Assert.Equal("k2", await queue.RowAsync("select key from seatrial.results"));
        Assert.Equal(
            "running thief", await queue.RowAsync("select state, owner from seatrial.records where key = 'k1'"));
    }

    [Fact]
    public async Task When_the_database_comes_back_the_worker_goes_on_by_itself()
    {
        const int Records = 2000;
        await using var queue = await TestQueue.CreateAsync();
        await queue.EnqueueAsync("q", Records);
        var handled = 0;
        var midway = new TaskCompletionSource();
        await using var worker = new TestWorker(
            queue.ConnectionString,
            builder => builder.Handle("q", TestJson.Default.Number, _ =>
            {
                if (Interlocked.Increment(ref handled) == Records / 2)
                {
                    midway.SetResult();
                }

                return Outcome.Done();
            }),
            [.. Quick, ("WORKER__LEASE", "1s"), ("DATABASE_CONNECTIONS__QUEUE__RETRY_CONFIG__MAX_DELAY", "100ms")]);
        await midway.Task.WaitAsync(TestQueue.Cancellation);

        await using (var outage = await Outage.BeginAsync(queue.ConnectionString))
        {
            await worker.Log.SeenAsync("Could not");
            await worker.Log.SeenAsync("from healthy to unhealthy");
            while ((await worker.GetAsync("/readyz")).Status != 503)
            {
                TestQueue.Cancellation.ThrowIfCancellationRequested();
            }

            Assert.Equal(200, (await worker.GetAsync("/livez")).Status);
        }

        queue.DataSource.Clear();
        await queue.UntilAsync($"(select count(*) from seatrial.results) = {Records}");
        Assert.Equal($"{Records} {Records}", await queue.RowAsync(
            "select count(*), count(distinct record_id) from seatrial.results"));
    }
}
