using Seatrial.Engine.Checks;
using Seatrial.Engine.Specs;

namespace Seatrial.Engine.Tests.Histories;

public sealed class WalRecorderPreconditionTests
{
    [Fact]
    public async Task Missing_tables_and_columns_are_all_named_with_what_there_is()
    {
        var worker = BuiltInMapping.ForWorker(["rpa1"]);
        await using var queue = await QueueDatabase.CreateAsync(mapping: worker with
        {
            Queue = worker.Queue with { Owner = "holder", State = "status" },
            Effect = worker.Effect with { Table = "seatrial.effects" },
        });

        var problems = await RefusalAsync(queue);

        Assert.Equal(3, problems.Count);
        Assert.Contains(problems, problem => problem.What.Contains("no column holder", StringComparison.Ordinal));
        Assert.Contains(problems, problem => problem.What.Contains("no column status", StringComparison.Ordinal)
            && problem.Why?.Contains("lease_until", StringComparison.Ordinal) == true);
        Assert.Contains(problems, problem => problem.What == "There is no table seatrial.effects."
            && problem.Why?.Contains("seatrial.results", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task A_queue_table_that_the_log_would_break_is_refused()
    {
        await using var queue = await QueueDatabase.CreateAsync();
        await queue.RunAsync("alter table seatrial.records drop constraint records_pkey");

        var problem = Assert.Single(await RefusalAsync(queue));

        Assert.Contains("no primary key and no replica identity", problem.What, StringComparison.Ordinal);
        Assert.Equal("Run: alter table seatrial.records replica identity full.", problem.Fix);
    }

    [Fact]
    public async Task An_effect_table_that_hides_duplicates_is_warned_of()
    {
        await using var queue = await QueueDatabase.CreateAsync();
        await queue.RunAsync("alter table seatrial.results add unique (queue, record_id)");
        await using var recorder = await queue.RecordAsync();

        var warning = Assert.Single(recorder.Warnings);

        Assert.Equal(Severity.Warning, warning.Severity);
        Assert.Contains("is unique by", warning.What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ready_records_from_before_the_trial_are_part_of_it()
    {
        await using var queue = await QueueDatabase.CreateAsync();
        await queue.RunAsync(
            "insert into seatrial.records (queue, key) values ('rpa1', 'early'), ('other', 'left alone')");
        await using var recorder = await queue.RecordAsync();
        await queue.EnqueueAsync(1);
        await queue.WorkOffAsync();

        var judgement = await queue.JudgeAsync(recorder);

        Assert.All(
            judgement.Checks, check => Assert.True(check.Verdict is Verdict.Pass, $"{check.Id}: {check.Summary}"));
        Assert.Equal(4, judgement.Totals.Records);
    }

    [Theory]
    [InlineData("insert into seatrial.records (queue, key, state) values ('rpa1', 'old', 'done')")]
    [InlineData("insert into seatrial.results (record_id, queue, key) values (1, 'rpa1', 'old')")]
    public async Task Half_lives_from_before_the_trial_are_refused(string before)
    {
        await using var queue = await QueueDatabase.CreateAsync();
        await queue.RunAsync(before);

        var problem = Assert.Single(await RefusalAsync(queue));

        Assert.Contains("already holds", problem.What, StringComparison.Ordinal);
        Assert.Equal(0L, await queue.AskAsync<long>(
            $"select count(*) from pg_replication_slots where slot_name = '{queue.Slot}'"));
    }

    [Fact]
    public async Task Tables_that_are_not_mapped_stay_writable()
    {
        await using var queue = await QueueDatabase.CreateAsync();
        await queue.RunAsync("create table keyless (n int); insert into keyless values (1)");
        await using var recorder = await queue.RecordAsync();

        await queue.RunAsync("update keyless set n = 2");
    }

    [Fact]
    public async Task A_black_box_of_its_own_shape_is_judged_as_well()
    {
        await using var queue = await QueueDatabase.CreateAsync(
            """
            create type phase as enum ('waiting', 'taken');
            create table "Jobs" ("Number" uuid primary key default gen_random_uuid(), phase phase not null default 'waiting',
                "by" text, until timestamptz, body text);
            create table outbox (job uuid not null, "by" text);
            """,
            new RecordMapping
            {
                Stages = ["jobs"],
                Queue = new QueueTable
                {
                    Table = "\"Jobs\"",
                    Id = "Number",
                    State = "phase",
                    Owner = "by",
                    LeaseUntil = "until",
                    Ready = ["waiting"],
                    Running = ["taken"],
                    Done = [],
                    DeleteIsDone = true,
                },
                Effect = new EffectTable { Table = "outbox", Record = "job", Owner = "by" },
            });
        await using var recorder = await queue.RecordAsync();
        await queue.RunAsync("insert into \"Jobs\" (body) values ('a'), ('b'), ('c')");
        await queue.RunAsync("update \"Jobs\" set phase = 'taken', \"by\" = 'w1', until = now() + interval '9 s'");
        await queue.RunAsync(
            "with gone as (delete from \"Jobs\" where body <> 'c' returning \"Number\") insert into outbox select \"Number\", 'w1' from gone");
        await queue.RunAsync("update \"Jobs\" set \"by\" = 'w2'");

        var judgement = await queue.JudgeAsync(recorder, DrainOutcome.DeadlinePassed);

        Assert.Contains(
            recorder.Warnings, warning => warning.What.Contains("only its inserts are read", StringComparison.Ordinal));
        Assert.Equal(Verdict.Pass, judgement.Checks.Single(check => check.Id == "complete").Verdict);
        Assert.Equal(2, judgement.Queues[0].Done);
        Assert.Equal(
            ["lost", "overlap"],
            judgement.Checks.Where(check => check.Verdict is Verdict.Fail).Select(check => check.Id).Order());
        Assert.Equal(1, judgement.Checks.Single(check => check.Id == "lost").Count);
    }

    private static async Task<IReadOnlyList<Problem>> RefusalAsync(QueueDatabase queue) =>
        (await Assert.ThrowsAsync<SeatrialException>(() => queue.RecordAsync())).Problems;
}
