using Seatrial.Engine.Specs;

namespace Seatrial.Engine.Tests.Specs;

public sealed class MappingReaderTests
{
    private const string Workload =
        "workload: {file: load.csv, key: id, insert: 'select @queue, @keys, @payloads'}\n";

    private const string Effect = "  effect: {table: out, record: job}\n";

    [Fact]
    public void A_black_box_is_told_by_its_tables_columns_and_states()
    {
        var mapping = SpecText.Spec(Workload +
            """
            records:
              stages: [mail, print]
              queue:
                table: app.jobs
                id: id
                queue_name: kind
                key: external_id
                state: status
                owner: locked_by
                epoch: attempt
                lease_until: locked_until
                error: last_error
                states:
                  ready: [new, retry]
                  running: running
                  done: [ok]
                  dead: failed
              effect: {table: outputs, record: job_id, queue_name: kind, owner: who, epoch: attempt}
            """).Mapping;

        Assert.Equal(["mail", "print"], mapping.Stages);
        var queue = mapping.Queue;
        Assert.Equal(("app.jobs", "id", "kind", "external_id"), (queue.Table, queue.Id, queue.QueueName, queue.Key));
        Assert.Equal(
            ("status", "locked_by", "attempt", "locked_until", "last_error"),
            (queue.State, queue.Owner, queue.Epoch, queue.LeaseUntil, queue.Error));
        Assert.Equal(["new", "retry"], queue.Ready);
        Assert.Equal(["running", "ok", "failed"], [.. queue.Running, .. queue.Done, .. queue.Dead]);
        Assert.False(queue.DeleteIsDone);
        Assert.Equal(
            new EffectTable
            {
                Table = "public.outputs",
                Record = "job_id",
                QueueName = "kind",
                Owner = "who",
                Epoch = "attempt",
            },
            mapping.Effect);
    }

    [Fact]
    public void Deletion_as_completion_is_told_from_a_state_of_that_name()
    {
        var deletes = Read("ready: 0, running: 1, done: deleted");
        Assert.True(deletes.DeleteIsDone);
        Assert.Empty(deletes.Done);
        Assert.Equal(["0"], deletes.Ready);

        var named = Read("ready: 0, running: 1, done: [deleted]");
        Assert.False(named.DeleteIsDone);
        Assert.Equal(["deleted"], named.Done);
    }

    [Fact]
    public void Columns_that_are_not_named_do_not_exist()
    {
        var queue = Read("ready: a, running: b, done: c");

        Assert.Equal((null, null, null), (queue.Owner, queue.Epoch, queue.LeaseUntil));
        Assert.Empty(queue.Dead);
    }

    [Theory]
    [InlineData("  queue: {table: t, id: i, state: s, states: {ready: a, running: b, done: c}}\n", "records has no effect")]
    [InlineData(Effect, "records has no queue")]
    [InlineData("  queue: {id: i, state: s, states: {ready: a, running: b, done: c}}\n" + Effect, "records.queue has no table")]
    [InlineData("  queue: {table: t, state: s, states: {ready: a, running: b, done: c}}\n" + Effect, "records.queue has no id")]
    [InlineData("  queue: {table: t, id: i, states: {ready: a, running: b, done: c}}\n" + Effect, "records.queue has no state.")]
    [InlineData("  queue: {table: t, id: i, state: s}\n" + Effect, "records.queue has no states")]
    [InlineData("  queue: {table: t, id: i, state: s, states: {running: b, done: c}}\n" + Effect, "states has no ready")]
    [InlineData("  queue: {table: t, id: i, state: s, states: {ready: [], running: b, done: c}}\n" + Effect, "states has no ready")]
    [InlineData("  queue: {table: t, id: i, state: s, states: {ready: a, running: a, done: c}}\n" + Effect, "has the value a twice")]
    [InlineData("  queue: {table: t, id: i, state: s, states: {ready: a, running: b, done: c, ded: d}}\n" + Effect, "states.ded is not a key")]
    [InlineData("  queue: {table: t, id: i, state: s, states: {ready: a, running: b, done: c}}\n  effect: {table: o}\n", "records.effect has no record")]
    [InlineData("  queue: [t]\n" + Effect, "records.queue is a list, where a mapping belongs")]
    public void What_is_wrong_is_told(string lines, string what) =>
        SpecText.Only($"{Workload}records:\n  stages: [take]\n{lines}", what);

    [Fact]
    public void Several_stages_need_a_column_that_tells_them_apart() =>
        SpecText.Only(
            $"{Workload}records:\n  stages: [take, give]\n"
            + $"  queue: {{table: t, id: i, state: s, states: {{ready: a, running: b, done: c}}}}\n{Effect}",
            "records.stages names 2 queues, and no column tells them apart");

    [Fact]
    public void A_pause_past_the_lease_needs_to_know_the_lease() =>
        SpecText.Only(
            $"{Workload}records:\n  stages: [take]\n"
            + $"  queue: {{table: t, id: i, state: s, states: {{ready: a, running: b, done: c}}}}\n{Effect}"
            + "suites: {distributed: {faults: [{pause-past-lease: take, at: 1%}]}}\n",
            "faults[0].pause-past-lease needs to know when a lease ends");

    [Fact]
    public void A_table_of_ones_own_needs_its_own_insert() =>
        SpecText.Only(
            "workload: {file: load.csv, key: id}\nrecords:\n  stages: [take]\n"
            + $"  queue: {{table: t, id: i, state: s, states: {{ready: a, running: b, done: c}}}}\n{Effect}",
            "workload has no insert");

    [Fact]
    public void A_table_that_is_one_queue_needs_no_queue_in_its_insert()
    {
        var spec = SpecText.Spec(
            "workload: {file: load.csv, key: id, insert: 'select @keys, @payloads'}\nrecords:\n  stages: [take]\n"
            + $"  queue: {{table: t, id: i, state: s, states: {{ready: a, running: b, done: c}}}}\n{Effect}");

        Assert.Equal("select @keys, @payloads", spec.Workload.InsertSql);
    }

    private static QueueTable Read(string states) =>
        SpecText.Spec(
            $"{Workload}records:\n  stages: [take]\n"
            + $"  queue: {{table: t, id: i, state: s, states: {{{states}}}}}\n{Effect}").Mapping.Queue;
}
