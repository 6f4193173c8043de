using Seatrial.Engine.Checks;
using Seatrial.Engine.Histories;

namespace Seatrial.Engine.Tests.Checks;

public sealed class FairnessCheckTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);

    [Fact]
    public void Workers_that_share_evenly_pass() =>
        Assert.Equal(Verdict.Pass, Shared(second => second % 2 == 0 ? "a" : "b").Check("fairness").Verdict);

    [Fact]
    public void A_worker_that_hardly_works_is_named()
    {
        var fairness = Shared(second => second % 25 == 0 ? "idler" : "busy").Check("fairness");

        Assert.Equal(Verdict.Fail, fairness.Verdict);
        Assert.Matches("^rpa1: idler completed 4 records where an even share was 5[01], less than 0.2 of it",
            fairness.Findings[0].Story);
    }

    [Fact]
    public void In_a_run_that_was_stopped_early_nobody_is_blamed()
    {
        var trial = Shared(second => second % 25 == 0 ? "idler" : "busy");

        var fairness = (trial with
        {
            Facts = new TrialFacts { Drain = DrainOutcome.Interrupted, HasClientLog = false },
        }).Check("fairness");

        Assert.Equal((Verdict.Unknown, 1), (fairness.Verdict, fairness.Count));
        Assert.Empty(fairness.Findings);
        Assert.Contains("the least busy did 0.08 of an even share", fairness.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void One_worker_has_nothing_to_share()
    {
        var fairness = Shared(_ => "alone").Check("fairness");

        Assert.Equal(Verdict.Pass, fairness.Verdict);
        Assert.Contains("rpa1 had one worker, nothing to share", fairness.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void A_worker_is_not_blamed_for_the_time_when_it_was_dead()
    {
        var trial = Shared(second => second < 10 ? (second % 2 == 0 ? "killed" : "b") : "b");

        Assert.Equal(Verdict.Fail, trial.Check("fairness").Verdict);
        Assert.Equal(
            Verdict.Pass, (trial with { Facts = Lives(("killed", 0, 10), ("b", 0, null)) }).Check("fairness").Verdict);
    }

    [Fact]
    public void A_worker_that_never_worked_is_seen_by_its_container()
    {
        var trial = Shared(_ => "b") with { Facts = Lives((null, 0, null), ("b", 0, null)) };

        var fairness = trial.Check("fairness");

        Assert.Equal(Verdict.Fail, fairness.Verdict);
        Assert.Contains("container-0 completed 0 records", fairness.Findings[0].Story, StringComparison.Ordinal);
    }

    private static TrialFacts Lives(params (string? Owner, int From, int? To)[] lives) => new()
    {
        Drain = DrainOutcome.Drained,
        HasClientLog = false,
        LoadStartedAt = Start,
        Workers =
        [
            .. lives.Select((life, i) => new WorkerLife(
                life.Owner, $"container-{i}", "rpa1", Start.AddSeconds(life.From), life.To is { } to
                    ? Start.AddSeconds(to) : null)),
        ],
    };

    /// <summary>A hundred records, one a second, each by the worker that the second gives it to.</summary>
    private static SimulatedTrial Shared(Func<int, string> workerOf)
    {
        var events = new List<HistoryEvent>();
        for (var second = 0; second < 100; second++)
        {
            EventKind[] life = [EventKind.Enqueue, EventKind.Claim, EventKind.Done, EventKind.Effect];
            foreach (var kind in life)
            {
                events.Add(new HistoryEvent
                {
                    Index = events.Count,
                    CommitLsn = (ulong)((second * 4) + Math.Min((int)kind, 3)),
                    Xid = 1,
                    At = Instants.From(Start.AddSeconds(second)),
                    Kind = kind,
                    Queue = "rpa1",
                    Record = $"{second}",
                    Owner = kind is EventKind.Enqueue ? null : workerOf(second),
                    LeaseUntil = kind is EventKind.Claim ? long.MaxValue : null,
                });
            }
        }

        return new SimulatedTrial
        {
            Events = events,
            Client = [],
            Mapping = SimulatedTrial.WorkerMapping with { Stages = ["rpa1"] },
            Facts = new TrialFacts { Drain = DrainOutcome.Drained, HasClientLog = false },
        };
    }
}
