using System.Collections.Concurrent;
using Npgsql;
using Seatrial.Worker.Processing;

namespace Seatrial.Worker.Tests.Processing;

public sealed class RecordQueueTests
{
    private const string States =
        "select state, count(*)::int, count(owner)::int, min(fence), max(attempts) from seatrial.records group by 1 order by 1";

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly Ending Done = Ending.Of(Outcome.Done());

    [Fact]
    public async Task Concurrent_claims_never_overlap()
    {
        const int Records = 2000;
        await using var queue = await TestQueue.CreateAsync();
        await queue.EnqueueAsync("q", Records);
        var claimed = new ConcurrentBag<long>();

        await Task.WhenAll(Enumerable.Range(0, 6).Select(owner => Task.Run(async () =>
        {
            while (await queue.As($"w{owner}").ClaimAsync("q", 7, Minute) is { } batch)
            {
                foreach (var record in batch.Records)
                {
                    claimed.Add(record.Id);
                }
            }
        })));

        // A claim comes back empty when the others hold all the rows that it saw; what they left is taken now.
        while (await queue.As("last").ClaimAsync("q", Records, Minute) is { } rest)
        {
            rest.Records.Select(record => record.Id).ToList().ForEach(claimed.Add);
        }

        Assert.Equal(Records, claimed.Count);
        Assert.Equal(Records, claimed.Distinct().Count());
        Assert.Equal($"running {Records} {Records} 1 1", await queue.RowAsync(States));
    }

    [Fact]
    public async Task A_claim_takes_what_is_due_in_its_queue_oldest_first()
    {
        await using var queue = await TestQueue.CreateAsync();
        await queue.EnqueueAsync("q", 3);
        await queue.EnqueueAsync("other", 1);
        await queue.ExecuteAsync(
            "update seatrial.records set run_at = now() + interval '1 hour' where queue = 'q' and key = 'k2'");

        var batch = await ClaimAsync(queue, "me", limit: 2);

        Assert.Equal(["k1", "k3"], batch.Records.Select(record => record.Key));
        Assert.All(batch.Records, record => Assert.Equal((1, 1), (record.Fence, record.Attempt)));
        Assert.Null(await queue.As("me").ClaimAsync("q", 2, Minute));
    }

    [Fact]
    public async Task A_stale_completion_writes_nothing_while_the_others_of_its_batch_land()
    {
        await using var queue = await TestQueue.CreateAsync();
        await queue.EnqueueAsync("q", 3);
        var slow = await ClaimAsync(queue, "slow");
        await queue.ExecuteAsync("update seatrial.records set lease_until = now() - interval '1 s' where key = 'k2'");
        Assert.Equal(1, (await queue.As("reaper").ExpireAsync())["q"]);
        var quick = await ClaimAsync(queue, "quick");

        var outcome = Outcome.Done().Then("next", new Number(1), TestJson.Default.Number);
        var landed = await EndAsync(queue, "slow", slow, Ending.Of(outcome));

        Assert.Equal(slow.Records.Where(record => record.Key != "k2").Select(record => record.Id), landed.Order());
        Assert.Equal(["k1 slow 1", "k3 slow 1"], await queue.RowsAsync(
            "select key, owner, fence from seatrial.results order by key"));
        Assert.Equal(
            ["k1", "k3"], await queue.RowsAsync("select key from seatrial.records where queue = 'next' order by key"));
        Assert.Equal("running quick 3", await queue.RowAsync(
            "select state, owner, fence from seatrial.records where queue = 'q' and key = 'k2'"));
        Assert.Single(await EndAsync(queue, "quick", quick, Done));
    }

    public static TheoryData<string> LeavingEndings => ["done", "dead", "retry", "untouched"];

    [Theory]
    [MemberData(nameof(LeavingEndings))]
    public async Task Whatever_a_stale_owner_wants_the_record_does_not_move(string kind)
    {
        await using var queue = await TestQueue.CreateAsync();
        await queue.EnqueueAsync("q", 1);
        var stale = await ClaimAsync(queue, "stale");
        await queue.ExecuteAsync("update seatrial.records set lease_until = now() - interval '1 s'");
        await queue.As("reaper").ExpireAsync();
        var before = await queue.RowAsync("select r::text, xmin::text from seatrial.records r");

        Assert.Empty(await EndAsync(queue, "stale", stale, EndingOf(kind)));
        await queue.As("stale").RenewAsync(stale, Minute);

        Assert.Equal(before, await queue.RowAsync("select r::text, xmin::text from seatrial.records r"));
    }

    [Theory]
    [MemberData(nameof(LeavingEndings))]
    public async Task An_ending_that_is_repeated_after_a_lost_reply_changes_nothing(string kind)
    {
        await using var queue = await TestQueue.CreateAsync();
        await queue.EnqueueAsync("q", 1);
        var batch = await ClaimAsync(queue, "me");

        Assert.Single(await EndAsync(queue, "me", batch, EndingOf(kind)));
        const string All = "select array(select r::text from seatrial.records r)::text, (select count(*) from seatrial.results)";
        var before = await queue.RowAsync(All);
        Assert.Empty(await EndAsync(queue, "me", batch, EndingOf(kind)));

        Assert.Equal(before, await queue.RowAsync(All));
    }

    [Fact]
    public async Task Endings_of_every_kind_land_in_one_transaction()
    {
        await using var queue = await TestQueue.CreateAsync();
        await queue.EnqueueAsync("q", 4);
        var batch = await ClaimAsync(queue, "me");
        string[] kinds = ["done", "dead", "retry", "untouched"];

        var endings = batch.Records.Zip(kinds).ToDictionary(pair => pair.First, pair => EndingOf(pair.Second));
        await queue.As("me").EndAsync(batch, record => endings[record]);

        Assert.Equal(
            [
                "k2 dead me 1 1 False it is wrong False",
                "k3 ready - 2 1 False it failed True",
                "k4 ready - 2 0 False - False",
            ],
            await queue.RowsAsync("""
                select key, state, owner, fence, attempts, lease_until is not null, error, run_at > now() + interval '30 s'
                from seatrial.records order by key
                """));
        Assert.Equal("1", await queue.RowAsync("""
            select count(distinct xid) from (select xmin::text xid from seatrial.records
                union all select xmin::text from seatrial.results) changes
            """));
        Assert.Equal("k1 me 1", await queue.RowAsync("select key, owner, fence from seatrial.results"));
    }

    [Fact]
    public async Task Result_completion_follow_ups_and_the_flows_own_sql_land_together_or_not_at_all()
    {
        await using var queue = await TestQueue.CreateAsync();
        await queue.EnqueueAsync("q", 2);
        await queue.ExecuteAsync("create table totals (n bigint)");
        var batch = await ClaimAsync(queue, "me");
        var outcome = Outcome.Done(
            new Number(7), TestJson.Default.Number).Then("next", "other key", new Number(8), TestJson.Default.Number);

        await Assert.ThrowsAsync<PostgresException>(() => EndAsync(
            queue, "me", batch, Ending.Of(outcome), "insert into totals values (1); select 1 / 0"));
        Assert.Equal("0 0 0 2", await CountsAsync(queue));

        await EndAsync(queue, "me", batch, Ending.Of(outcome), "insert into totals values (1)");
        Assert.Equal("1 2 2 0", await CountsAsync(queue));
        Assert.Equal("1", await queue.RowAsync("""
            select count(distinct xid) from (
                select xmin::text xid from totals union all select xmin::text from seatrial.results
                union all select xmin::text from seatrial.records) changes
            """));
        Assert.Equal("""other key {"n": 8}""", await queue.RowAsync(
            "select distinct key, payload from seatrial.records where queue = 'next'"));
    }

    [Fact]
    public async Task The_flows_own_sql_sees_only_records_that_are_still_held()
    {
        await using var queue = await TestQueue.CreateAsync();
        await queue.EnqueueAsync("q", 3);
        var batch = await ClaimAsync(queue, "me");
        await queue.ExecuteAsync("update seatrial.records set lease_until = now() - interval '1 s' where key <> 'k3'");
        await queue.As("reaper").ExpireAsync();
        var seen = new List<object>();

        await queue.As("me").EndAsync(
            batch,
            _ => Done,
            (_, records, _) =>
            {
                seen.AddRange(records);
                return Task.CompletedTask;
            });

        Assert.Equal(["k3"], seen);
    }

    [Fact]
    public async Task Only_ended_leases_expire_and_their_fence_grows()
    {
        await using var queue = await TestQueue.CreateAsync();
        await queue.EnqueueAsync("q", 2);
        await ClaimAsync(queue, "me");
        await queue.ExecuteAsync("update seatrial.records set lease_until = now() - interval '1 s' where key = 'k1'");

        await queue.As("reaper").ExpireAsync();

        Assert.Equal(
            ["k1 ready - 2 1", "k2 running me 1 1"],
            await queue.RowsAsync("select key, state, owner, fence, attempts from seatrial.records order by key"));
    }

    [Fact]
    public async Task A_renewal_moves_the_leases_end_and_nothing_else()
    {
        await using var queue = await TestQueue.CreateAsync();
        await queue.EnqueueAsync("q", 2);
        var batch = await ClaimAsync(queue, "me");

        await queue.As("me").RenewAsync(batch, TimeSpan.FromHours(1));

        Assert.Equal(
            "running me 1 1 2",
            await queue.RowAsync("""
                select state, owner, fence, attempts, count(*) from seatrial.records
                where lease_until > now() + interval '50 min' group by 1, 2, 3, 4
                """));
    }

    private static Task<string> CountsAsync(TestQueue queue) => queue.RowAsync("""
        select (select count(*) from totals), (select count(*) from seatrial.results),
            (select count(*) from seatrial.records where queue = 'next'), (select count(*) from seatrial.records where state = 'running')
        """);

    private static Ending EndingOf(string kind) => kind switch
    {
        "done" => Done,
        "dead" => new Ending.Dead("it is wrong"),
        "retry" => new Ending.Retry("it failed", Minute),
        _ => new Ending.Untouched(),
    };

    private static async Task<LeasedBatch> ClaimAsync(TestQueue queue, string owner, int limit = 100)
    {
        var batch = await queue.As(owner).ClaimAsync("q", limit, Minute);
        Assert.NotNull(batch);
        return batch;
    }

    private static Task<IReadOnlySet<long>> EndAsync(
        TestQueue queue, string owner, LeasedBatch batch, Ending ending, string? sql = null) =>
        queue.As(owner).EndAsync(batch, _ => ending, sql is null ? null : async (connection, _, cancellationToken) =>
        {
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync(cancellationToken);
        });
}
