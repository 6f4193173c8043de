using Seatrial.Worker.Processing;

namespace Seatrial.Worker.Tests.Processing;

public sealed class ChunkTests
{
    private static readonly TimeSpan _minute = TimeSpan.FromMinutes(1);
    private static readonly Ending _done = Ending.Of(Outcome.Done(new Number(7), TestJson.Default.Number));

    [Fact]
    public async Task Records_that_come_together_are_claimed_together_under_one_lease()
    {
        await using var queue = await TestQueue.CreateAsync();
        var ids = await EnqueueAsync(queue, 5, chunkSize: 3);

        var first = await ClaimAsync(queue, "me");
        var second = await ClaimAsync(queue, "me");

        Assert.Equal(ids.Take(3), first.Records.Select(record => record.Id));
        Assert.Equal(ids.Skip(3), second.Records.Select(record => record.Id));
        Assert.Equal(["k1", "k2", "k3"], first.Records.Select(record => record.Key));
        Assert.Equal("""{"n": 1}"""u8.ToArray(), first.Records[0].Payload);
        Assert.Null(await queue.As("me").ClaimAsync("q", 100, _minute, RecordStore.Chunks));
        Assert.Equal(
            ["3 running me 1 1", "2 running me 1 1"],
            await queue.RowsAsync("select records, state, owner, fence, attempts from seatrial.chunks order by id"));
    }

    [Fact]
    public async Task Completion_results_and_follow_ups_land_in_one_transaction()
    {
        await using var queue = await TestQueue.CreateAsync();
        await EnqueueAsync(queue, 3);
        var batch = await ClaimAsync(queue, "me");
        var outcome = Outcome.Done(new Number(7), TestJson.Default.Number)
            .Then("next", new Number(8), TestJson.Default.Number)
            .Then("other", "own key", new Number(9), TestJson.Default.Number);

        var ended = await queue.As("me").EndAsync(batch, _ => Ending.Of(outcome));

        Assert.Equal(batch.Records.Select(record => record.Id), ended.Order());
        Assert.Equal(
            ["""k1 q me 1 {"n": 7}""", """k2 q me 1 {"n": 7}""", """k3 q me 1 {"n": 7}"""],
            await queue.RowsAsync("select key, queue, owner, fence, result from seatrial.results order by key"));
        Assert.Equal(
            ["next 3 ready", "other 3 ready", "q 3 done"],
            await queue.RowsAsync("select queue, records, state from seatrial.chunks order by queue"));
        Assert.Equal(
            ["next k1", "next k2", "next k3", "other own key", "other own key", "other own key"],
            await queue.RowsAsync("""
                select c.queue, r.key from seatrial.chunk_records r join seatrial.chunks c on c.id = r.chunk
                where c.queue <> 'q' order by 1, 2
                """));
        Assert.Equal("1", await queue.RowAsync("""
            select count(distinct xid) from (select xmin::text xid from seatrial.results
                union all select xmin::text from seatrial.chunks) changes
            """));
    }

    [Fact]
    public async Task What_fails_leaves_its_chunk_under_its_own_id_and_the_others_are_done()
    {
        await using var queue = await TestQueue.CreateAsync();
        var ids = await EnqueueAsync(queue, 4);
        var batch = await ClaimAsync(queue, "me");

        await queue.As("me").EndAsync(batch, record => record.Key switch
        {
            "k2" => new Ending.Retry("it failed", _minute),
            "k3" => new Ending.Dead("it is wrong"),
            "k4" => new Ending.Untouched(),
            _ => _done,
        });

        Assert.Equal(
            [
                $"{ids[1]} k2 ready 1 1 it failed True",
                $"{ids[2]} k3 dead 1 1 it is wrong False",
                $"{ids[3]} k4 ready 1 0 - False",
            ],
            await queue.RowsAsync("""
                select id, key, state, fence, attempts, error, run_at > now() + interval '30 s'
                from seatrial.records order by key
                """));
        Assert.Equal("k1", await queue.RowAsync("select key from seatrial.results"));
        Assert.Equal("done", await queue.RowAsync("select state from seatrial.chunks"));
        var again = Assert.Single((await queue.As("me").ClaimAsync("q", 9, _minute))?.Records ?? []);
        Assert.Equal((ids[3], 2, 1), (again.Id, again.Fence, again.Attempt));
    }

    [Fact]
    public async Task A_drained_chunk_goes_back_whole_as_if_nobody_had_touched_it()
    {
        await using var queue = await TestQueue.CreateAsync();
        await EnqueueAsync(queue, 2);

        await queue.As("me").EndAsync(await ClaimAsync(queue, "me"), _ => new Ending.Untouched());

        Assert.Equal("ready - 2 0", await queue.RowAsync("select state, owner, fence, attempts from seatrial.chunks"));
        Assert.Equal(2, (await ClaimAsync(queue, "you")).Records.Count);
    }

    [Fact]
    public async Task A_stale_owner_writes_nothing_whatever_it_wants()
    {
        await using var queue = await TestQueue.CreateAsync();
        await EnqueueAsync(queue, 2);
        var slow = await ClaimAsync(queue, "slow");
        await ExpireAsync(queue);
        var quick = await ClaimAsync(queue, "quick");
        var before = await queue.RowAsync("select c::text, xmin::text from seatrial.chunks c");

        Ending[] endings = [_done, new Ending.Untouched(), new Ending.Dead("x"), new Ending.Apart()];
        foreach (var ending in endings)
        {
            Assert.Empty(await queue.As("slow").EndAsync(slow, _ => ending));
        }

        await queue.As("slow").RenewAsync(slow, _minute);

        Assert.Equal(before, await queue.RowAsync("select c::text, xmin::text from seatrial.chunks c"));
        Assert.Equal("0 0", await queue.RowAsync(
            "select (select count(*) from seatrial.results), (select count(*) from seatrial.records)"));
        Assert.Equal(2, (await queue.As("quick").EndAsync(quick, _ => _done)).Count);
        Assert.Empty(await queue.As("quick").EndAsync(quick, _ => _done));
        Assert.Equal("quick 2", await queue.RowAsync("select owner, count(*) from seatrial.results group by owner"));
    }

    [Fact]
    public async Task A_chunk_that_ended_two_workers_is_burst_so_that_one_record_can_not_block_the_others()
    {
        await using var queue = await TestQueue.CreateAsync();
        var ids = await EnqueueAsync(queue, 3);
        await ClaimAsync(queue, "first");
        Assert.Equal(3, (await ExpireAsync(queue))["q"]);
        await ClaimAsync(queue, "second");

        await ExpireAsync(queue);

        Assert.Equal("done", await queue.RowAsync("select state from seatrial.chunks"));
        Assert.Equal(
            ids.Select(id => $"{id} ready 2 4"),
            await queue.RowsAsync("select id, state, attempts, fence from seatrial.records order by id"));
    }

    [Fact]
    public async Task The_next_batch_comes_in_the_transaction_that_ends_the_last()
    {
        await using var queue = await TestQueue.CreateAsync();
        await EnqueueAsync(queue, 4, chunkSize: 2);
        await queue.EnqueueAsync("q", 1);
        var me = queue.As("me");
        var first = await ClaimAsync(queue, "me");

        var exchange = await me.ExchangeAsync(first, _done, me.Claim("q", 10, _minute, RecordStore.Chunks));

        Assert.Equal(first.Records.Select(record => record.Id), exchange.Ended.Order());
        Assert.Equal(["k3", "k4"], exchange.Next?.Records.Select(record => record.Key));
        Assert.Equal("1", await queue.RowAsync("select count(distinct xmin::text) from seatrial.chunks"));
        var last = await me.ExchangeAsync(
            Assert.IsType<LeasedBatch>(exchange.Next), _done, me.Claim("q", 10, _minute));
        Assert.Equal(["k1"], last.Next?.Records.Select(record => record.Key));
        Assert.Null(last.Next?.Chunk);
    }

    [Fact]
    public async Task Urgent_records_come_first_and_late_ones_when_they_are_due()
    {
        await using var queue = await TestQueue.CreateAsync();
        await using var connection = await queue.DataSource.OpenConnectionAsync(TestQueue.Cancellation);
        NewRecord<Number>[] records =
        [
            new("later", new Number(1)) { Delay = _minute, Priority = 0 },
            new("slow", new Number(2)) { Priority = 3 },
            new("usual", new Number(3)),
            new("urgent", new Number(4)) { Priority = 0 },
        ];
        await RecordWriter.EnqueueAsync(connection, "q", records, TestJson.Default.Number, TestQueue.Cancellation);
        var keys = new List<string>();

        while (await queue.As("me").ClaimAsync("q", 1, _minute) is { } batch)
        {
            keys.Add(batch.Records.Single().Key);
        }

        Assert.Equal(["urgent", "usual", "slow"], keys);
        await Assert.ThrowsAsync<ArgumentException>(() => RecordWriter.EnqueueChunksAsync(
            connection, "q", records, TestJson.Default.Number, cancellationToken: TestQueue.Cancellation));
    }

    private static async Task<IReadOnlyList<long>> EnqueueAsync(TestQueue queue, int count, int chunkSize = 500)
    {
        await using var connection = await queue.DataSource.OpenConnectionAsync(TestQueue.Cancellation);
        return await RecordWriter.EnqueueChunksAsync(
            connection,
            "q",
            [.. Enumerable.Range(1, count).Select(n => new NewRecord<Number>($"k{n}", new Number(n)))],
            TestJson.Default.Number,
            chunkSize,
            TestQueue.Cancellation);
    }

    private static async Task<LeasedBatch> ClaimAsync(TestQueue queue, string owner) =>
        Assert.IsType<LeasedBatch>(await queue.As(owner).ClaimAsync("q", 100, _minute, RecordStore.Chunks));

    private static async Task<IReadOnlyDictionary<string, int>> ExpireAsync(TestQueue queue)
    {
        await queue.ExecuteAsync(
            "update seatrial.chunks set lease_until = now() - interval '1 s' where state = 'running'");
        return await queue.As("reaper").ExpireAsync();
    }
}
