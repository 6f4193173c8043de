using Seatrial.Engine.Checks;
using Seatrial.Engine.Histories;

namespace Seatrial.Engine.Tests.Histories;

/// <summary>What broken workers, and hands in the database, leave in a real log.</summary>
public sealed class WalRecorderFaultyTests
{
    [Theory]
    [InlineData("lost", "delete from seatrial.records where key = 'gss:1'")]
    [InlineData("lost", "update seatrial.records set state = 'dead', error = 'boom' where key = 'gss:1'")]
    [InlineData("duplicated", "insert into seatrial.results (record_id, queue, key, owner, fence) select record_id, queue, key, owner, fence from seatrial.results")]
    [InlineData("unexpected", "insert into seatrial.results (record_id, queue, key, owner, fence) values (4711, 'rpa1', 'x', 'y', 1)")]
    [InlineData("unexpected", "insert into seatrial.records (queue, key) values ('rpa1', 'nobody''s')")]
    [InlineData("overlap", "update seatrial.records set owner = 'thief', fence = fence + 1 where key = 'gss:1'")]
    [InlineData("zombie", "insert into seatrial.results (record_id, queue, key, owner, fence) select id, queue, key, 'zombie', 0 from seatrial.records where key = 'gss:1'")]
    [InlineData("torn", "insert into seatrial.results (record_id, queue, key, owner, fence) select id, queue, key, owner, fence from seatrial.records where key = 'gss:1'")]
    [InlineData("torn", "update seatrial.records set state = 'done', lease_until = null where key = 'gss:1'")]
    [InlineData("illegal", "update seatrial.records set state = 'ready' where state = 'done'")]
    [InlineData("illegal", "update seatrial.records set state = 'paused' where key = 'gss:1'")]
    [InlineData("illegal", "update seatrial.records set fence = 0 where key = 'gss:1'")]
    [InlineData("illegal", "update seatrial.records set queue = 'rpa2' where key = 'gss:1'")]
    [InlineData("illegal", "update seatrial.records set id = default where key = 'gss:1'")]
    [InlineData("illegal", "update seatrial.results set owner = 'forger'")]
    [InlineData("illegal", "delete from seatrial.results")]
    [InlineData("illegal", "truncate seatrial.records")]
    [InlineData("illegal", "truncate seatrial.results")]
    [InlineData("handover", "insert into seatrial.records (queue, key) values ('rpa2', 'foundling')")]
    public async Task A_fault_in_the_database_fails_its_check(string check, string fault)
    {
        await using var queue = await QueueDatabase.CreateAsync();
        await using var recorder = await queue.RecordAsync();
        await queue.EnqueueAsync(1);
        await queue.WorkOffAsync();
        await queue.EnqueueAsync(1);
        await queue.ClaimAsync("rpa1-1");
        await queue.RunAsync(fault);
        await queue.CompleteAsync("rpa1-1");
        await queue.WorkOffAsync();

        var judgement = await queue.JudgeAsync(recorder, DrainOutcome.DeadlinePassed);

        var seen = judgement.Checks.Single(result => result.Id == check);
        Assert.True(seen.Verdict is Verdict.Fail, string.Join(
            '\n', judgement.Checks.Select(other => $"{other.Id} {other.Verdict}: {other.Summary}")));
        Assert.NotEmpty(seen.Findings);
    }

    [Fact]
    public async Task A_worker_without_the_fencing_token_is_named_with_its_records()
    {
        await using var queue = await QueueDatabase.CreateAsync();
        await using var recorder = await queue.RecordAsync();
        await queue.EnqueueAsync(1);
        await queue.ClaimAsync("sleeper", lease: "-1 second");
        await queue.ClaimAsync("rpa1-2", where: "queue = 'rpa1'");
        await queue.RunAsync(
            "update seatrial.records set state = 'done', lease_until = null where key = 'gss:0'; "
            + "insert into seatrial.records (queue, key) values ('rpa2', 'gss:0'); "
            + "insert into seatrial.results (record_id, queue, key, owner, fence) values (1, 'rpa1', 'gss:0', 'sleeper', 1)");
        await queue.WorkOffAsync();

        var zombie = (await queue.JudgeAsync(recorder)).Checks.Single(check => check.Id == "zombie");

        Assert.Equal(Verdict.Fail, zombie.Verdict);
        var finding = Assert.Single(zombie.Findings);
        Assert.Equal("rpa1/1 (gss:0)", finding.Record);
        Assert.Contains("sleeper wrote its effect", finding.Story, StringComparison.Ordinal);
        Assert.Contains("epoch 1 was superseded by epoch 2", finding.Story, StringComparison.Ordinal);
        Assert.Contains("rpa1-2 claimed it", finding.Story, StringComparison.Ordinal);
        EventKind[] life = [EventKind.Enqueue, EventKind.Claim, EventKind.Claim, EventKind.Done, EventKind.Effect];
        Assert.Equal(life, finding.History.Select(happened => happened.Kind));
    }

    [Fact]
    public async Task A_table_that_is_renamed_is_followed_and_one_that_loses_a_column_is_a_gap()
    {
        await using var queue = await QueueDatabase.CreateAsync();
        await using var recorder = await queue.RecordAsync();
        await queue.EnqueueAsync(1);
        await queue.RunAsync(
            "alter table seatrial.records rename to moved; alter table seatrial.moved rename to records");
        await queue.RunAsync("alter table seatrial.records add column extra text");
        await queue.WorkOffAsync();
        Assert.True(await recorder.WaitUntilAsync(
            counts => counts.Queues["rpa2"].Done == 1, TestContext.Current.CancellationToken));

        await queue.RunAsync("alter table seatrial.records rename column owner to holder");
        await queue.RunAsync("insert into seatrial.records (queue, key) values ('rpa1', 'late')");
        Assert.False(await recorder.WaitUntilAsync(
            counts => counts.Queues["rpa1"].Enqueued == 2, TestContext.Current.CancellationToken));

        Assert.Contains("lacks owner", recorder.Counts.Gap, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_value_too_long_for_its_row_is_remembered_when_the_log_leaves_it_out()
    {
        await using var queue = await QueueDatabase.CreateAsync();
        await using var recorder = await queue.RecordAsync();
        await queue.RunAsync(
            "alter table seatrial.records alter column key set storage external; "
            + "insert into seatrial.records (queue, key) select 'rpa1', string_agg(md5(i::text), '') from generate_series(1, 400) i");
        await queue.WorkOffAsync();

        var judgement = await queue.JudgeAsync(recorder);

        Assert.Equal(Verdict.Pass, judgement.Verdict);
        Assert.All(queue.Events().Where(happened => happened.Queue == "rpa1"), happened =>
            Assert.Equal(12_800, happened.Key?.Length));
    }

    [Fact]
    public async Task A_whole_row_as_identity_is_read_as_well()
    {
        await using var queue = await QueueDatabase.CreateAsync();
        await queue.RunAsync(
            "alter table seatrial.records replica identity full; alter table seatrial.results replica identity full");
        await using var recorder = await queue.RecordAsync();
        await queue.EnqueueAsync(3);
        await queue.WorkOffAsync();

        Assert.Equal(Verdict.Pass, (await queue.JudgeAsync(recorder)).Verdict);
    }
}
