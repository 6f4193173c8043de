using Npgsql;
using Seatrial.Engine.Checks;
using Seatrial.Engine.Histories;

namespace Seatrial.Engine.Tests.Histories;

public sealed class WalRecorderTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_whole_life_comes_through_the_log_and_passes()
    {
        await using var queue = await QueueDatabase.CreateAsync();
        await using var recorder = await queue.RecordAsync();
        await queue.EnqueueAsync(2);
        await queue.ClaimAsync("rpa1-1", lease: "-1 second", where: "key = 'gss:0'");
        await queue.RunAsync(
            "update seatrial.records set state = 'ready', owner = null, fence = fence + 1, lease_until = null where key = 'gss:0'");
        await queue.ClaimAsync("rpa1-2", where: "queue = 'rpa1'");
        await queue.RunAsync(
            "update seatrial.records set lease_until = lease_until + interval '1 minute' where key = 'gss:1'");
        await queue.CompleteAsync("rpa1-2");
        await queue.WorkOffAsync();

        var judgement = await queue.JudgeAsync(recorder);

        Assert.All(
            judgement.Checks, check => Assert.True(check.Verdict is Verdict.Pass, $"{check.Id}: {check.Summary}"));
        EventKind[] life =
        [
            EventKind.Enqueue, EventKind.Claim, EventKind.Expire, EventKind.Claim, EventKind.Done, EventKind.Effect,
        ];
        var events = queue.Events().Where(happened => happened is { Queue: "rpa1", Key: "gss:0" }).ToList();
        Assert.Equal(life, events.Select(happened => happened.Kind));
        Assert.Equal([0, 1, 2, 3, 3, 3], events.Select(happened => happened.Epoch));
        Assert.Equal(
            [null, "rpa1-1", "rpa1-1", "rpa1-2", "rpa1-2", "rpa1-2"], events.Select(happened => happened.Owner));
        Assert.Contains(queue.Events(), happened => happened is { Kind: EventKind.Renew, Key: "gss:1" });
        Assert.Equal(1, judgement.Totals.Redelivered);
    }

    [Fact]
    public async Task A_judgement_is_the_same_whenever_it_is_given()
    {
        await using var queue = await QueueDatabase.CreateAsync();
        await using var recorder = await queue.RecordAsync();
        await queue.EnqueueAsync(30);
        await queue.ClaimAsync("rpa1-1");
        await queue.RunAsync(
            "insert into seatrial.results (record_id, queue, key, owner, fence) values (3, 'rpa1', 'x', 'y', 1)");

        var first = await queue.JudgeAsync(recorder, DrainOutcome.DeadlinePassed);
        var second = await Judge.VerifyAsync(queue.Folder, Token);

        Assert.Equal(Json(first), Json(second));
        Assert.Equal(Verdict.Fail, first.Verdict);
    }

    [Fact]
    public async Task What_was_rolled_back_never_happened()
    {
        await using var queue = await QueueDatabase.CreateAsync();
        await using var recorder = await queue.RecordAsync();
        await queue.RunAsync("begin; insert into seatrial.records (queue, key) values ('rpa1', 'ghost'); rollback");
        await queue.EnqueueAsync(1);
        await queue.WorkOffAsync();

        var judgement = await queue.JudgeAsync(recorder);

        Assert.Equal(Verdict.Pass, judgement.Verdict);
        Assert.DoesNotContain(queue.Events(), happened => happened.Key == "ghost");
    }

    [Fact]
    public async Task A_connection_cut_again_and_again_loses_nothing_and_doubles_nothing()
    {
        await using var queue = await QueueDatabase.CreateAsync();
        await using var recorder = await queue.RecordAsync();
        for (var round = 0; round < 8; round++)
        {
            await queue.EnqueueAsync(500);
            await queue.RunAsync(
                $"select pg_terminate_backend(active_pid) from pg_replication_slots where slot_name = '{queue.Slot}' and active");
            await queue.WorkOffAsync();
        }

        var judgement = await queue.JudgeAsync(recorder);

        Assert.All(
            judgement.Checks, check => Assert.True(check.Verdict is Verdict.Pass, $"{check.Id}: {check.Summary}"));
        Assert.Equal(8_000, judgement.Totals.Records);
    }

    [Fact]
    public async Task A_slot_that_is_dropped_is_a_gap_and_nothing_passes()
    {
        await using var queue = await QueueDatabase.CreateAsync();
        await using var recorder = await queue.RecordAsync();
        await queue.EnqueueAsync(5);
        Assert.True(await recorder.WaitUntilAsync(counts => counts.Queues["rpa1"].Enqueued == 5, Token));
        await DropSlotAsync(queue);

        Assert.False(await recorder.WaitUntilAsync(counts => counts.Queues["rpa1"].Done > 0, Token));
        Assert.Contains("does not exist", recorder.Counts.Gap, StringComparison.Ordinal);
        await queue.WorkOffAsync();
        var judgement = await queue.JudgeAsync(recorder);

        Assert.Equal(Verdict.Unknown, judgement.Verdict);
        Assert.All(judgement.Checks, check => Assert.Equal(Verdict.Unknown, check.Verdict));
    }

    [Fact]
    public async Task A_slot_made_anew_behind_the_judge_s_back_is_a_gap()
    {
        await using var queue = await QueueDatabase.CreateAsync();
        await using var recorder = await queue.RecordAsync();
        await queue.EnqueueAsync(1);
        await DropSlotAsync(queue, $"select pg_create_logical_replication_slot('{queue.Slot}', 'pgoutput')");

        Assert.False(await recorder.WaitUntilAsync(counts => counts.Queues["rpa1"].Done > 0, Token));
        Assert.Matches("somebody else read from it|does not exist", recorder.Counts.Gap ?? "");
    }

    [Fact]
    public async Task Stopping_while_blocks_are_written_leaves_whole_blocks()
    {
        for (var round = 0; round < 5; round++)
        {
            await using var queue = await QueueDatabase.CreateAsync();
            await using var recorder = await queue.RecordAsync();
            await queue.EnqueueAsync(20_000);
            await recorder.WaitUntilAsync(counts => counts.Queues["rpa1"].Enqueued > 0, Token);

            await recorder.StopAsync(new CancellationToken(canceled: true));

            // Reads to the end line, and asserts that no block is damaged.
            Assert.NotEmpty(queue.Events());
        }
    }

    [Fact]
    public async Task A_transaction_larger_than_all_buffers_comes_through_whole()
    {
        await using var queue = await QueueDatabase.CreateAsync();
        await using var recorder = await queue.RecordAsync();
        await queue.EnqueueAsync(40_000);
        await queue.WorkOffAsync();

        var judgement = await queue.JudgeAsync(recorder);

        Assert.Equal(Verdict.Pass, judgement.Verdict);
        Assert.Equal(80_000, judgement.Totals.Records);
        Assert.Single(queue.Events().Where(happened => happened is { Queue: "rpa1", Kind: EventKind.Enqueue })
            .Select(happened => happened.CommitLsn).Distinct());
    }

    [Fact]
    public async Task Conditions_on_the_log_are_seen_while_it_runs()
    {
        await using var queue = await QueueDatabase.CreateAsync();
        await using var recorder = await queue.RecordAsync();
        var holding = recorder.WaitUntilAsync(counts => counts.Owners.GetValueOrDefault("rpa1-1")?.Held == 3, Token);
        var taken = recorder.WaitUntilAsync(counts => counts.Owners.GetValueOrDefault("rpa1-1")?.TakenOver == 3, Token);
        var drained = recorder.WaitUntilAsync(counts => counts.Queues["rpa2"].Done == 3 && counts.Drained, Token);
        await queue.EnqueueAsync(3);
        await queue.ClaimAsync("rpa1-1", lease: "-1 second");
        Assert.True(await holding);
        Assert.False(taken.IsCompleted);

        await queue.ClaimAsync("rpa1-2", where: "owner = 'rpa1-1'");
        Assert.True(await taken);
        Assert.Equal(0, recorder.Counts.Owners["rpa1-1"].Held);
        await queue.CompleteAsync("rpa1-2");
        await queue.WorkOffAsync();
        Assert.True(await drained);
        Assert.Equal(3, recorder.Counts.Owners["rpa1-2"].Done);
        Assert.Equal(Verdict.Pass, (await queue.JudgeAsync(recorder)).Verdict);
    }

    [Fact]
    public async Task Nothing_is_left_on_the_server()
    {
        await using var queue = await QueueDatabase.CreateAsync();
        await using (var recorder = await queue.RecordAsync())
        {
            await recorder.StopAsync(Token);
        }

        Assert.Equal(0L, await LeftAsync(queue));
        File.Delete(Path.Combine(queue.Folder, EvidenceFiles.History));
        await using (await queue.RecordAsync())
        {
            Assert.Equal(2L, await LeftAsync(queue));
        }

        Assert.Equal(0L, await LeftAsync(queue));
    }

    [Fact]
    public async Task The_history_ends_at_its_mark_whatever_the_workers_still_do()
    {
        await using var queue = await QueueDatabase.CreateAsync();
        await using var recorder = await queue.RecordAsync();
        await queue.EnqueueAsync(200);
        using var stopped = new CancellationTokenSource();
        var busy = WorkAsync(queue, stopped.Token);
        Assert.True(await recorder.WaitUntilAsync(counts => counts.Queues["rpa1"].Done > 20, Token));

        var judgement = await queue.JudgeAsync(recorder, DrainOutcome.Interrupted);
        await stopped.CancelAsync();
        await busy;

        Assert.Equal(
            ["lost"], judgement.Checks.Where(check => check.Verdict is not Verdict.Pass).Select(check => check.Id));
    }

    [Fact]
    public async Task A_forgotten_transaction_does_not_keep_the_end_away()
    {
        await using var queue = await QueueDatabase.CreateAsync();
        await using var recorder = await queue.RecordAsync();
        await queue.EnqueueAsync(1);
        await queue.WorkOffAsync();
        await using var forgotten = await queue.OpenAsync();
        await using var transaction = await forgotten.BeginTransactionAsync(Token);
        await using var insert =
            new NpgsqlCommand("insert into seatrial.records (queue, key) values ('rpa1', 'never')", forgotten);
        await insert.ExecuteNonQueryAsync(Token);

        var judgement = await queue.JudgeAsync(recorder);

        Assert.Equal(Verdict.Pass, judgement.Verdict);
    }

    [Fact]
    public async Task A_stop_that_is_interrupted_still_closes_the_evidence_and_does_not_pass()
    {
        await using var queue = await QueueDatabase.CreateAsync();
        await using var recorder = await queue.RecordAsync();
        await queue.EnqueueAsync(1);
        await queue.WorkOffAsync();

        var end = await recorder.StopAsync(new CancellationToken(canceled: true));

        Assert.Contains("interrupted", Assert.Single(end.Gaps), StringComparison.Ordinal);
        var facts = new TrialFacts { Drain = DrainOutcome.Interrupted, HasClientLog = false };
        Assert.Equal(Verdict.Unknown, (await Judge.JudgeAsync(queue.Folder, facts, Token)).Verdict);
    }

    private static async Task WorkAsync(QueueDatabase queue, CancellationToken stopped)
    {
        while (!stopped.IsCancellationRequested)
        {
            await queue.ClaimAsync(
                "rpa1-1",
                where: "id in (select min(id) from seatrial.records where state = 'ready' and queue = 'rpa1')");
            await queue.CompleteAsync("rpa1-1");
        }
    }

    private static string Json(Judgement judgement) => System.Text.Json.JsonSerializer.Serialize(judgement);

    private static async Task<long> LeftAsync(QueueDatabase queue) => await queue.AskAsync<long>(
        $"select (select count(*) from pg_replication_slots where slot_name = '{queue.Slot}') "
        + "+ (select count(*) from pg_publication)");

    /// <summary>The judge reconnects at once, so that it takes a few tries to find the slot free.</summary>
    private static async Task DropSlotAsync(QueueDatabase queue, string then = "select 1")
    {
        while (true)
        {
            try
            {
                await queue.RunAsync(
                    $"select pg_terminate_backend(active_pid, 5000) from pg_replication_slots where slot_name = '{queue.Slot}' and active; "
                    + $"select pg_drop_replication_slot('{queue.Slot}'); {then}");
                return;
            }
            catch (PostgresException exception) when (exception.SqlState is PostgresErrorCodes.ObjectInUse)
            {
                // Again.
            }
        }
    }
}
