using Microsoft.Extensions.Time.Testing;
using Seatrial.Worker.Prefect;
using Seatrial.Worker.Recovery;
using Seatrial.Worker.Tests.Configuration;

namespace Seatrial.Worker.Tests.Prefect;

public sealed class OutboxTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private Outbox _outbox;

    public OutboxTests() => _outbox = Open();

    [Fact]
    public void Entries_of_a_run_leave_in_order_and_like_ones_together()
    {
        var run = Run();
        _outbox.Save(run, [Entry(run, EntryKind.Start), Entry(run, EntryKind.Step), Entry(run, EntryKind.Step)]);
        _outbox.Save(run, [Entry(run, EntryKind.Log), Entry(run, EntryKind.End)]);

        var sent = new List<string>();
        while (_outbox.Head(run.Id, 10) is { Count: > 0 } rows)
        {
            sent.Add(string.Join('+', rows.Select(row => row.Kind)));
            _outbox.Settle(rows, RowStatus.Done);
        }

        Assert.Equal(["Start", "Step+Step", "Log", "End"], sent);
    }

    [Fact]
    public void A_run_that_goes_on_comes_before_those_that_ended()
    {
        var (old, live) = (Run() with { EndedAt = _time.GetUtcNow() }, Run());
        _outbox.Save(old, [Entry(old, EntryKind.Start)]);
        _outbox.Save(live, [Entry(live, EntryKind.Start)]);

        Assert.Equal([live.Id, old.Id], _outbox.Due(10).Select(known => known.Run.Id));
    }

    [Fact]
    public void What_was_saved_and_tried_is_there_after_a_restart()
    {
        var run = Run();
        _outbox.Save(run, [Entry(run, EntryKind.Start), Entry(run, EntryKind.Log)]);
        _outbox.CountAttempt(_outbox.Head(run.Id, 1));
        _outbox.Found(run.Id, run.Id);
        _outbox.SetNote("epoch", "one");
        _outbox.Dispose();
        _outbox = Open();

        Assert.Equal(run, Assert.Single(_outbox.OpenRuns()));
        Assert.Equal(1, Assert.Single(_outbox.Head(run.Id, 1)).Attempts);
        Assert.Equal((run.Id, "one"), (_outbox.Find(run.Id)?.Remote, _outbox.Note("epoch")));
        Assert.Equal(2, _outbox.State.Depth);
    }

    [Fact]
    public void A_delayed_entry_holds_up_its_run_and_no_other()
    {
        var (one, other) = (Run(), Run());
        _outbox.Save(one, [Entry(one, EntryKind.Start), Entry(one, EntryKind.End)]);
        _outbox.Save(other, [Entry(other, EntryKind.Start)]);
        _outbox.Delay(_outbox.Head(one.Id, 1), RowStatus.Waiting, TimeSpan.FromSeconds(5));

        Assert.Equal([other.Id], _outbox.Due(10).Select(known => known.Run.Id));
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal([one.Id, other.Id], _outbox.Due(10).Select(known => known.Run.Id));
        Assert.Equal(TimeSpan.FromSeconds(5), _outbox.State.Lag);
    }

    [Fact]
    public void When_it_is_full_what_was_told_goes_then_lines_by_importance_then_steps_and_states_never()
    {
        var (told, run) = (Run() with { EndedAt = _time.GetUtcNow() }, Run());
        _outbox.Save(told, [Entry(told, EntryKind.Start), Entry(told, EntryKind.End)]);
        _outbox.Settle(_outbox.Head(told.Id, 1), RowStatus.Done);
        _outbox.Settle(_outbox.Head(told.Id, 1), RowStatus.Done);
        _outbox.Save(run, [Entry(run, EntryKind.Start)]);
        _outbox.Save(run, [.. Enumerable.Repeat(Entry(run, EntryKind.Log, 40), 40)]);
        _outbox.Save(run, [.. Enumerable.Repeat(Entry(run, EntryKind.Log, 10), 40)]);
        Assert.NotNull(_outbox.Find(told.Id));

        _outbox.Save(run, [.. Enumerable.Repeat(Entry(run, EntryKind.Step), 40)]);
        Assert.Null(_outbox.Find(told.Id));
        Assert.Equal(
            [(EntryKind.Start, 0, 1), (EntryKind.Log, 40, 40), (EntryKind.Log, 10, 14), (EntryKind.Step, 0, 40)],
            Kinds(run).GroupBy(row => row).Select(rows => (rows.Key.Kind, rows.Key.Level, rows.Count())));

        _outbox.Save(run, [.. Enumerable.Repeat(Entry(run, EntryKind.Step), 150)]);
        Assert.Equal(
            [(EntryKind.Start, 1), (EntryKind.Step, 94)],
            Kinds(run).GroupBy(row => row.Kind).Select(rows => (rows.Key, rows.Count())));
        Assert.Equal(26 + 54 + 96, _outbox.State.Dropped);
    }

    [Fact]
    public void With_time_unsent_lines_and_steps_go_and_settled_runs_are_forgotten_but_no_state_is()
    {
        var (told, run) = (Run() with { EndedAt = _time.GetUtcNow() }, Run());
        _outbox.Save(told, [Entry(told, EntryKind.End)]);
        _outbox.Settle(_outbox.Head(told.Id, 1), RowStatus.Done);
        _outbox.Save(run, [Entry(run, EntryKind.Start), Entry(run, EntryKind.Log), Entry(run, EntryKind.Step)]);
        _time.Advance(TimeSpan.FromHours(25));
        _outbox.Save(run, [Entry(run, EntryKind.End)]);

        Assert.Null(_outbox.Find(told.Id));
        Assert.Equal([EntryKind.Start, EntryKind.End], Kinds(run).Select(row => row.Kind));
        Assert.Equal(2, _outbox.State.Dropped);
    }

    [Fact]
    public void A_run_that_was_lost_there_is_told_again_but_for_what_was_refused()
    {
        var run = Run();
        _outbox.Save(run, [Entry(run, EntryKind.Start), Entry(run, EntryKind.Step), Entry(run, EntryKind.Log)]);
        _outbox.Found(run.Id, run.Id);
        _outbox.Settle(_outbox.Head(run.Id, 1), RowStatus.Done);
        _outbox.Settle(_outbox.Head(run.Id, 1), RowStatus.Dead, "too large");
        _outbox.Settle(_outbox.Head(run.Id, 1), RowStatus.Done);
        Assert.Equal((0, 1), (_outbox.State.Depth, _outbox.State.DeadLetters));

        _outbox.TellAgain(null, TimeSpan.Zero);

        Assert.Null(_outbox.Find(run.Id)?.Remote);
        Assert.Equal([EntryKind.Start, EntryKind.Log], Kinds(run).Select(row => row.Kind));
    }

    [Fact]
    public void Two_workers_of_one_folder_take_two_files_and_a_third_takes_the_place_of_one_that_went()
    {
        using var one = StateFile.Claim(_folder.PathOf("shared"), "prefect-flow");
        string second;
        using (var two = StateFile.Claim(_folder.PathOf("shared"), "prefect-flow"))
        {
            second = two.Name;
        }

        using var three = StateFile.Claim(_folder.PathOf("shared"), "prefect-flow");
        Assert.Equal((_folder.PathOf("shared/prefect-flow-2.db"), second), (three.Name, second));
        Assert.NotEqual(one.Name, three.Name);
    }

    public void Dispose()
    {
        _outbox.Dispose();
        _folder.Dispose();
    }

    private Outbox Open() => new(_folder.PathOf("out.db"), new OutboxLimits(100, TimeSpan.FromHours(24)), _time);

    private List<(EntryKind Kind, int Level)> Kinds(LocalRun run)
    {
        using var sqlite = new SqliteSession(_outbox.File);
        return [.. sqlite.Query(
            "select kind, level from outbox where run = $run and status < 2 order by seq",
            row => ((EntryKind)row.GetInt32(0), row.GetInt32(1)), ("$run", run.Id.ToString()))];
    }

    private LocalRun Run() => new()
    {
        Id = Guid.CreateVersion7(_time.GetUtcNow()),
        Flow = "flow",
        Environment = "trial",
        Owner = "owner",
        StartedAt = _time.GetUtcNow(),
        SeenAt = _time.GetUtcNow(),
        StepStartedAt = _time.GetUtcNow(),
    };

    private OutboxEntry Entry(LocalRun run, EntryKind kind, int level = 0) =>
        new(run.Id, kind, "", _time.GetUtcNow(), level);
}
