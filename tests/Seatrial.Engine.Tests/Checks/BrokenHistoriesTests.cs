using CsCheck;
using Seatrial.Engine.Checks;
using Seatrial.Engine.Histories;

namespace Seatrial.Engine.Tests.Checks;

public sealed class BrokenHistoriesTests
{
    public static TheoryData<string> Names => [.. Breakages.All.Select(breakage => breakage.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_way_to_break_a_history_is_seen_by_its_check(string name)
    {
        var breakage = Breakages.All.Single(breakage => breakage.Name == name);
        var broken = 0;
        Gen.Select(Simulation.Trials, Gen.Int[0, 1000]).Sample(
            (trial, n) =>
            {
                if (breakage.Break(trial, n) is not { } victim)
                {
                    return;
                }

                Interlocked.Increment(ref broken);
                var judgement = victim.Judge();
                var check = judgement.Checks.Single(check => check.Id == breakage.Check);
                Assert.Equal(Verdict.Fail, check.Verdict);
                Assert.True(check.Count > 0);
                Assert.NotEmpty(check.Findings);
                Assert.All(check.Findings, finding => Assert.NotEmpty(finding.Story));
                Assert.Equal(Verdict.Fail, judgement.Verdict);
            },
            iter: 300);
        Assert.True(broken > 30, $"only {broken} histories could be broken this way");
    }

    [Fact]
    public void Each_check_that_accuses_has_a_way_to_be_broken() => Assert.Equal(
        ["duplicated", "handover", "illegal", "lost", "overlap", "torn", "unexpected", "zombie"],
        Breakages.All.Select(breakage => breakage.Check).Distinct().Order());

    [Fact]
    public void A_missing_event_never_passes_and_never_accuses() =>
        Gen.Select(Simulation.Trials, Gen.Int[0, 10_000]).Sample(
            (trial, n) =>
            {
                var judgement = (trial with
                {
                    Events =
                    [.. trial.Events.Where((_, i) => i != n % (trial.Events.Count - 1))]
                }).Judge();
                Assert.Equal(Verdict.Unknown, judgement.Verdict);
                Assert.All(judgement.Checks, check => Assert.Equal(Verdict.Unknown, check.Verdict));
            },
            iter: 1_000);

    [Fact]
    public void Any_run_of_missing_events_never_passes_and_never_accuses() =>
        Gen.Select(Simulation.Trials, Gen.Int[0, 10_000], Gen.Int[1, 60]).Sample(
            (trial, n, length) =>
            {
                var from = n % (trial.Events.Count - 1);
                var judgement = (trial with
                {
                    Events = [.. trial.Events.Where((_, i) => i < from || i >= from + length)],
                    Ends = from + length < trial.Events.Count,
                }).Judge();
                Assert.All(judgement.Checks, check => Assert.Equal(Verdict.Unknown, check.Verdict));
            },
            iter: 1_000);

    [Fact]
    public void Events_out_of_the_log_s_order_never_pass() =>
        Gen.Select(Simulation.Trials, Gen.Int[0, 10_000]).Sample(
            (trial, n) =>
            {
                var i = n % (trial.Events.Count - 1);
                var events = trial.Events.ToList();
                (events[i], events[i + 1]) = (events[i + 1], events[i]);
                Assert.NotEqual(Verdict.Pass, (trial with { Events = events }).Judge().Verdict);
            },
            iter: 500);

    [Fact]
    public void A_second_effect_is_a_second_effect_even_beside_a_gap()
    {
        var trial = Simulation.Example;
        var effect = trial.Pick(3, happened => happened.Kind is EventKind.Effect) ?? default;
        var doubled = trial.Append(effect) with { Gaps = ["the slot was dropped"] };

        var judgement = doubled.Judge();

        Assert.Equal(Verdict.Fail, judgement.Verdict);
        Assert.Equal(Verdict.Fail, judgement.Checks.Single(check => check.Id == "duplicated").Verdict);
        Assert.Equal(Verdict.Unknown, judgement.Checks.Single(check => check.Id == "lost").Verdict);
        Assert.Equal(Verdict.Unknown, judgement.Checks.Single(check => check.Id == "complete").Verdict);
    }

}
