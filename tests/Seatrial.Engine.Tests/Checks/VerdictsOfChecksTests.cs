using Seatrial.Engine.Checks;
using Seatrial.Engine.Histories;
using Seatrial.Engine.Specs;

namespace Seatrial.Engine.Tests.Checks;

public sealed class VerdictsOfChecksTests
{
    private static readonly SimulatedTrial Healthy = Simulation.Example;

    private static QueueTable WorkerQueue => SimulatedTrial.WorkerMapping.Queue;

    [Fact]
    public void An_empty_run_is_unknown()
    {
        var judgement = (Healthy with { Events = [], Client = [] }).Judge();

        Assert.All(judgement.Checks, check => Assert.Equal(Verdict.Unknown, check.Verdict));
    }

    [Fact]
    public void A_log_that_was_not_read_to_its_mark_is_unknown()
    {
        Assert.Equal(Verdict.Unknown, (Healthy with { MarkSeen = false }).Judge().Verdict);
        Assert.Equal(Verdict.Unknown, (Healthy with { Ends = false }).Judge().Verdict);
        Assert.Equal(Verdict.Unknown, (Healthy with { Damage = "block 7 is torn" }).Judge().Verdict);
    }

    [Fact]
    public void Tables_that_hold_something_else_than_the_log_make_it_unknown()
    {
        var complete = (Healthy with
        {
            Tables = new TableCounts { Records = [], Effects = [new StateCount("rpa1", "", 3)], Exact = true },
        }).Check("complete");

        Assert.Equal(Verdict.Unknown, complete.Verdict);
        Assert.Contains("rpa1 has 3 effects, by the log", complete.Summary, StringComparison.Ordinal);
        Assert.Contains("rpa1 has 0 records done, by the log", complete.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Unfinished_records_are_lost_after_the_deadline_and_unknown_after_an_interruption()
    {
        var victim = Healthy.Pick(5, happened => happened.Kind is EventKind.Claim) ?? default;
        var unfinished = Healthy.Without(happened => happened.IsSameRecord(victim) && happened.Index > victim.Index);

        var late = (unfinished with { Facts = Facts(DrainOutcome.DeadlinePassed) }).Check("lost");
        var interrupted = (unfinished with { Facts = Facts(DrainOutcome.Interrupted) }).Check("lost");

        Assert.Equal(Verdict.Fail, late.Verdict);
        Assert.Contains("1 is still claimed (stuck)", late.Summary, StringComparison.Ordinal);
        Assert.Equal(Verdict.Unknown, interrupted.Verdict);
        Assert.Contains("stopped with 1 record unfinished", interrupted.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void A_record_that_is_wrong_on_purpose_has_to_be_given_up()
    {
        var done = Healthy.Pick(5, happened => happened.Kind is EventKind.Done) ?? default;
        var facts = Facts(DrainOutcome.Drained) with { ToBeGivenUp = [done.Key ?? ""] };
        var dead = Healthy.Replace(done, happened => happened with { Kind = EventKind.Dead })
            .Without(happened => happened.IsSameRecord(done) && happened.Kind is EventKind.Effect);

        var givenUp = (dead with { Facts = facts }).Check("lost");
        var completed = (Healthy with { Facts = facts }).Check("lost");

        Assert.DoesNotContain("given up (poison)", givenUp.Summary, StringComparison.Ordinal);
        Assert.Equal(Verdict.Fail, completed.Verdict);
        Assert.Contains("completed, and had to be given up", completed.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void A_record_that_was_given_up_is_lost_even_in_an_interrupted_run()
    {
        var done = Healthy.Pick(5, happened => happened.Kind is EventKind.Done) ?? default;
        var dead = Healthy.Replace(done, happened => happened with { Kind = EventKind.Dead, Detail = "no such column" })
            .Without(happened => happened.IsSameRecord(done) && happened.Kind is EventKind.Effect);

        var lost = (dead with { Facts = Facts(DrainOutcome.Interrupted) }).Check("lost");

        Assert.Equal(Verdict.Fail, lost.Verdict);
        Assert.Contains("was given up (poison)", lost.Summary, StringComparison.Ordinal);
        Assert.Equal("no such column", lost.Findings[0].History[^1].Detail);
    }

    [Fact]
    public void An_insert_whose_answer_was_lost_may_be_there_or_not()
    {
        var unknown = Healthy with
        {
            Client =
            [
                .. Healthy.Client.Select(
                    (ack, i) => i == 0 ? ack with { Record = null, Outcome = AckOutcome.Unknown } : ack),
                new Acknowledgement { Queue = "rpa1", Key = "never arrived", Outcome = AckOutcome.Unknown },
                new Acknowledgement { Queue = "rpa1", Key = "rightly refused", Outcome = AckOutcome.Failed },
            ],
        };

        var judgement = unknown.Judge();

        Assert.Equal(Verdict.Pass, judgement.Verdict);
        Assert.Equal(1, judgement.Totals.Recovered);
    }

    [Fact]
    public void A_retry_after_a_lost_answer_may_leave_two_records_but_not_three()
    {
        var twice = Healthy.Client[0] with { Record = null, Outcome = AckOutcome.Unknown };
        var arrival = Healthy.Events[0];
        var life = Healthy.Events.Where(happened => happened.Key == arrival.Key).ToList();
        var two = Again(Healthy with { Client = [.. Healthy.Client, twice] }, life, "a");

        Assert.Equal(Verdict.Pass, two.Check("unexpected").Verdict);
        Assert.Equal(Verdict.Fail, Again(two, life, "b").Check("unexpected").Verdict);
    }

    [Fact]
    public void A_torn_client_log_leaves_unknown_what_rests_on_it()
    {
        var judgement = (Healthy with
        {
            Client = [.. Healthy.Client, new Acknowledgement { Queue = "no stage", Outcome = AckOutcome.Acked }],
        }).Judge();

        Assert.Equal(
            ["lost", "unexpected"],
            judgement.Checks.Where(check => check.Verdict is Verdict.Unknown).Select(check => check.Id));
    }

    [Fact]
    public void A_late_completion_that_nobody_was_disturbed_by_is_no_zombie()
    {
        var claim = Healthy.Pick(0, happened => happened is { Kind: EventKind.Claim, Queue: "rpa3" }) ?? default;
        var events =
            Healthy.Events.Where(happened => !happened.IsSameRecord(claim) || happened.Index <= claim.Index).ToList();
        var late = Healthy.With(events).Append(claim with { Kind = EventKind.Expire })
            .Append(claim with { Kind = EventKind.Done }, claim with { Kind = EventKind.Effect });
        var expired = late with { Events = [.. late.Events.Select(AfterItsLease)] };

        var judgement = expired.Judge();

        Assert.Equal(Verdict.Pass, judgement.Verdict);
        Assert.Equal(1, judgement.Totals.LateCompletions);

        HistoryEvent AfterItsLease(HistoryEvent happened) =>
            happened.Index < events.Count ? happened : happened with { At = (claim.LeaseUntil ?? 0) + happened.Index };
    }

    [Theory]
    [InlineData("overlap")]
    [InlineData("zombie")]
    public void Checks_without_their_columns_say_so(string check)
    {
        var blind = SimulatedTrial.WorkerMapping with
        {
            Queue = WorkerQueue with { Owner = null, Epoch = null, LeaseUntil = null },
            Effect = SimulatedTrial.WorkerMapping.Effect with { Owner = null, Epoch = null },
        };
        var trial = Healthy with
        {
            Mapping = blind,
            Events =
                [.. Healthy.Events.Select(happened => happened with { Owner = null, Epoch = null, LeaseUntil = null })],
        };

        var result = trial.Check(check);

        Assert.Equal(Verdict.Unknown, result.Verdict);
        Assert.Contains("neither owner nor epoch", result.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_lease_column_a_takeover_is_neither_right_nor_wrong()
    {
        var trial = Healthy with
        {
            Mapping = SimulatedTrial.WorkerMapping with { Queue = WorkerQueue with { LeaseUntil = null } },
            Events = [.. Healthy.Events.Select(happened => happened with { LeaseUntil = null })],
        };

        Assert.Equal(Verdict.Unknown, trial.Check("overlap").Verdict);
    }

    [Fact]
    public void One_stage_has_no_hand_over_to_check()
    {
        var one = Healthy with
        {
            Mapping = SimulatedTrial.WorkerMapping with { Stages = ["rpa1"] },
            Events = [.. Healthy.Events.Where(
                happened => happened.Queue == "rpa1").Select((happened, i) => happened with { Index = i })],
        };

        var judgement = one.Judge();

        Assert.Equal(Verdict.Pass, judgement.Verdict);
        Assert.DoesNotContain(judgement.Checks, check => check.Id == "handover");
    }

    [Fact]
    public void A_check_that_breaks_down_is_unknown_and_spoils_the_verdict()
    {
        var judge = new HistoryJudge(SimulatedTrial.WorkerMapping, Facts(DrainOutcome.Drained));
        judge[2] = new BrokenCheck();
        foreach (var happened in Healthy.Events)
        {
            judge.Observe(happened);
        }

        var outcome = judge.Conclude(null, null).Single(outcome => outcome.Check is BrokenCheck).Outcome;

        Assert.Equal(Verdict.Unknown, outcome.Verdict);
        Assert.Contains("out of order", outcome.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Findings_are_the_first_twenty_and_the_count_is_the_whole()
    {
        var effects = Healthy.Events.Where(happened => happened.Kind is EventKind.Effect).Take(30).ToArray();

        var duplicated = Healthy.Append(effects).Check("duplicated");

        Assert.Equal(30, effects.Length);
        Assert.Equal(30, duplicated.Count);
        Assert.Equal(20, duplicated.Findings.Count);
        Assert.Equal(duplicated.Findings.Select(finding => finding.Record), effects.Take(
            20).Select(effect => $"{effect.Queue}/{effect.Record} ({effect.Key})"));
    }

    [Fact]
    public void An_overlap_is_told_with_both_owners_and_the_lease()
    {
        var claim = Healthy.Pick(0, happened => happened.Kind is EventKind.Claim) ?? default;
        var facts = Facts(DrainOutcome.Drained) with
        {
            LoadStartedAt = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000),
            Workers =
                [new WorkerLife("intruder", "rpa1-9", "rpa1", DateTimeOffset.FromUnixTimeSeconds(1_700_000_000), null)],
        };
        var broken = Healthy.InsertBehind(claim, claim with { Owner = "intruder", Epoch = 2 }) with { Facts = facts };

        var story = broken.Check("overlap").Findings[0].Story;

        Assert.Matches(
            @"^rpa1-9 \(intruder\) claimed it at \+\d+\.\d{3} s \(0/[0-9A-F]+, transaction \d+\), epoch 2, lease until \+\d+\.\d{3} s, "
            + @"while the lease of rpa1-[12] ran until \+\d+\.\d{3} s: rpa1-[12] claimed it at ",
            story);
    }

    private static SimulatedTrial Again(SimulatedTrial trial, IReadOnlyList<HistoryEvent> life, string suffix) =>
        trial.Append(
        [.. life.Select(happened => happened with { Record = happened.Record + suffix })]);

    private static TrialFacts Facts(DrainOutcome drain) => new() { Drain = drain, HasClientLog = true };

    private sealed class BrokenCheck : ICheck
    {
        public string Id => "broken";

        public string Title => "Nothing";

        public void Observe(in Observation seen) => throw new InvalidOperationException("out of order");

        public CheckOutcome Conclude(Trial trial) => throw new InvalidOperationException("never asked");

        public string Tell(Offence offence, IReadOnlyList<HistoryEvent> history, Narrator narrator) => "";
    }
}
