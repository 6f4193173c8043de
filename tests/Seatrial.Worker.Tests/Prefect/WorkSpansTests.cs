using System.Text.Json;
using CsCheck;
using Seatrial.Worker.Prefect;

namespace Seatrial.Worker.Tests.Prefect;

public sealed class WorkSpansTests
{
    private static readonly DateTimeOffset _zero = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly PrefectConfig _config = new()
    {
        ApiUrl = new Uri("http://prefect"),
        IdleAfter = TimeSpan.FromSeconds(5),
        StepLength = TimeSpan.FromSeconds(3),
    };

    [Fact]
    public void A_run_begins_with_the_first_claim_and_ends_with_the_last_move_before_idleness()
    {
        var spans = Spans();
        Assert.Null(spans.See(Seen(0, lastMove: 0, held: 0, claimed: 0, ended: 0)));
        var begun = spans.See(Seen(1, lastMove: 0.9, held: 5, claimed: 5, ended: 0));
        Assert.NotNull(begun);
        Assert.Equal(_zero, begun.Value.Run.StartedAt);
        Assert.Equal(EntryKind.Start, Assert.Single(begun.Value.Entries).Kind);
        spans.See(Seen(2, lastMove: 1.5, held: 0, claimed: 5, ended: 5));
        var last = spans.See(Seen(7, lastMove: 1.5, held: 0, claimed: 5, ended: 5));

        Assert.NotNull(last);
        var run = last.Value.Run;
        Assert.Equal((StateTypes.Completed, _zero.AddSeconds(1.5)), (run.State, run.EndedAt));
        Assert.Equal([EntryKind.Step, EntryKind.End], last.Value.Entries.Select(entry => entry.Kind));
        Assert.Equal("5 records ended, 0 failed attempts, 0 stale", run.Message);
        Assert.Null(spans.See(Seen(8, lastMove: 1.5, held: 0, claimed: 5, ended: 5)));
    }

    [Fact]
    public void Held_records_keep_a_run_open_however_long_they_take()
    {
        var spans = Spans();
        spans.See(Seen(0, lastMove: 0, held: 0, claimed: 0, ended: 0));
        spans.See(Seen(1, lastMove: 1, held: 1, claimed: 1, ended: 0));
        var later = spans.See(Seen(100, lastMove: 1, held: 1, claimed: 1, ended: 0));

        Assert.Null(later?.Run.EndedAt);
        Assert.NotNull(spans.Run);
    }

    [Fact]
    public void The_end_of_the_worker_tells_of_a_run_that_had_been_idle_for_long()
    {
        var spans = Spans();
        spans.See(Seen(0, lastMove: 0, held: 0, claimed: 0, ended: 0));
        spans.See(Seen(1, lastMove: 1, held: 5, claimed: 5, ended: 0));
        var last = spans.Finish(Seen(20, lastMove: 2, held: 0, claimed: 5, ended: 5));

        Assert.Equal(StateTypes.Completed, last?.Run.State);
        Assert.Equal([EntryKind.Step, EntryKind.End], last?.Entries.Select(entry => entry.Kind));
    }

    [Fact]
    public void The_run_of_a_dead_process_ends_crashed_where_it_was_last_seen()
    {
        var spans = Spans();
        spans.See(Seen(0, lastMove: 0, held: 0, claimed: 0, ended: 0));
        var seen = spans.See(Seen(1, lastMove: 1, held: 3, claimed: 9, ended: 6));
        Assert.NotNull(seen);

        var (run, entries) = WorkSpans.Crashed(seen.Value.Run);

        Assert.Equal((StateTypes.Crashed, _zero.AddSeconds(1), 6), (run.State, run.EndedAt, run.Counts.Ended));
        Assert.Equal([StateTypes.Crashed], Steps(entries).Select(step => step.State));
    }

    [Fact]
    public void Steps_cover_all_work_once_and_their_times_grow_whatever_is_seen()
    {
        var beat = Gen.Select(Gen.Int[0, 3], Gen.Int[0, 3], Gen.Int[0, 2], Gen.Int[1, 2000]);
        beat.List[1, 60].Sample(beats =>
        {
            var spans = Spans();
            var (at, lastMove, claimed, ended, failed) = (_zero, _zero, 0L, 0L, 0L);
            var told = new List<OutboxEntry>();
            var runs = new Dictionary<Guid, LocalRun>();
            void Keep((LocalRun Run, List<OutboxEntry> Entries)? seen)
            {
                if (seen is var (run, entries))
                {
                    runs[run.Id] = run;
                    told.AddRange(entries);
                }
            }

            spans.See(new Sighting(at, lastMove, 0, RunCounts.None));
            foreach (var (claims, ends, failures, milliseconds) in beats)
            {
                at = at.AddMilliseconds(milliseconds);
                claimed += claims;
                ended = Math.Min(claimed, ended + ends);
                failed += failures;
                lastMove = claims > 0 ? at : lastMove;
                Keep(spans.See(new Sighting(
                    at, lastMove, (int)(claimed - ended), new RunCounts(claimed, ended, failed, 0))));
            }

            Keep(spans.Finish(new Sighting(at, lastMove, 0, new RunCounts(claimed, ended, failed, 0))));

            Assert.All(runs.Values, run =>
            {
                var steps = Steps(told.Where(entry => entry.Run == run.Id));
                Assert.Equal(Enumerable.Range(1, steps.Count), steps.Select(step => step.Number));
                Assert.Equal(run.Counts.Ended, steps.Sum(step => step.Counts.Ended));
                Assert.Equal(run.Counts.Claimed, steps.Sum(step => step.Counts.Claimed));
                Assert.Equal(run.Counts.Failed, steps.Sum(step => step.Counts.Failed));
                Assert.All(steps, step => Assert.True(step.StartedAt < step.EndedAt));
                Assert.All(steps.Zip(steps.Skip(1)), pair => Assert.True(pair.First.EndedAt <= pair.Second.StartedAt));
                Assert.True(run.StartedAt <= steps[0].StartedAt && steps[^1].EndedAt <= run.EndedAt);
            });
            Assert.Equal(claimed, runs.Values.Sum(run => run.Counts.Claimed));
        });
    }

    private static WorkSpans Spans() => new("flow", "trial", "owner", _config);

    private static Sighting Seen(double at, double lastMove, int held, long claimed, long ended) => new(
        _zero.AddSeconds(at), _zero.AddSeconds(lastMove), held, new RunCounts(claimed, ended, 0, 0));

    private static List<StepEntry> Steps(IEnumerable<OutboxEntry> entries) =>
        [.. entries.Where(entry => entry.Kind is EntryKind.Step)
            .Select(entry => JsonSerializer.Deserialize(entry.Payload, PrefectJson.Default.StepEntry)!)];
}
