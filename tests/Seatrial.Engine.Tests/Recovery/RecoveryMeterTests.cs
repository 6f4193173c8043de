using Seatrial.Engine.Checks;
using Seatrial.Engine.Faults;
using Seatrial.Engine.Histories;
using Seatrial.Engine.Recovery;

namespace Seatrial.Engine.Tests.Recovery;

public sealed class RecoveryMeterTests
{
    [Fact]
    public void What_nothing_happened_to_has_recovered_at_once_and_shows_no_symptom()
    {
        var figures = Figures(new SteadyHistory());

        Assert.Null(Of(figures, Measure.Detect).Value);
        Assert.Equal(0, Of(figures, Measure.Recover).Value);
        Assert.Equal(0, Of(figures, Measure.Drain).Value);
        Assert.Null(Of(figures, Measure.Reclaim).Value);
        Assert.Equal(0, Of(figures, Measure.Waste).Value);
        Assert.Null(Of(figures, Measure.LockHeld).Value);
    }

    [Fact]
    public void An_outage_shows_once_half_of_a_second_lacks_and_is_over_with_its_backlog()
    {
        // Nothing is done from 10 s to 13 s; then five a 10 ms are, until all is caught up.
        var figures = Figures(new SteadyHistory(at => at is >= 10_000 and < 13_750
            ? Math.Max(at + 5, 13_000 + ((at - 10_000) / 5)) : at + 5));

        Assert.Equal(0.6, Of(figures, Measure.Detect).Value);
        Assert.Equal("rpa1 did 40 records in a second, not 100", Of(figures, Measure.Detect).Seen);
        Assert.Equal(0.2, Of(figures, Measure.Recover).Value);
        Assert.Equal(1.75, Of(figures, Measure.Drain).Value.GetValueOrDefault(), tolerance: 0.02);
    }

    [Fact]
    public void What_never_comes_back_is_open_and_as_long_as_was_looked()
    {
        var figures = Figures(new SteadyHistory(at => at is >= 10_000 and < 29_000 ? 30_000 : at + 5));

        var (recover, drain) = (Of(figures, Measure.Recover), Of(figures, Measure.Drain));
        Assert.True(recover.IsOpen);
        Assert.Equal(18, recover.Value.GetValueOrDefault(), tolerance: 0.1);
        Assert.Equal(Verdict.Fail, recover.Verdict);
        Assert.InRange(drain.Value.GetValueOrDefault(), 17.9, 18.1);
    }

    [Fact]
    public void Catching_up_is_no_level_to_come_back_to()
    {
        // 250 a second are done in the three seconds before the fault, where 100 come in.
        var figures = Figures(new SteadyHistory(at =>
            at is >= 2_500 and < 9_990 ? 7_000 + ((at - 2_500) * 3_000 / 7_490) : at + 5));

        Assert.Equal(0, Of(figures, Measure.Recover).Value);
    }

    [Fact]
    public void A_load_that_brings_less_is_not_the_systems_doing_until_it_brings_nothing()
    {
        Assert.Equal(0, Of(Figures(new SteadyHistory(came: at => at < 12_000 || at % 30 != 0)), Measure.Recover).Value);

        var without = Of(Figures(new SteadyHistory(came: at => at is < 12_000 or >= 16_000)), Measure.Recover);
        // In half of the first second as many come as before.
        Assert.Equal(3.5, without.Value);
    }

    [Fact]
    public void Reclaiming_counts_from_the_holders_last_claim_and_is_granted_its_lease()
    {
        var history = new SteadyHistory()
            .Add(EventKind.Enqueue, 1, 9_000)
            .Add(EventKind.Claim, 1, 9_500, "a", lease: 14_500)
            .Add(EventKind.Expire, 1, 14_800)
            .Add(EventKind.Claim, 1, 15_000, "b", lease: 20_000)
            .Add(EventKind.Done, 1, 15_100, "b");

        var reclaim = Of(Figures(history), Measure.Reclaim);

        Assert.Equal((5.5, 7.0, Verdict.Pass), (reclaim.Value, reclaim.Most, reclaim.Verdict));
        Assert.Equal("1 record taken over, the slowest rpa1/1", reclaim.Seen);
        Assert.Equal("lease + 2 s", reclaim.Budget);
    }

    [Fact]
    public void A_record_given_back_or_taken_again_by_its_own_holder_is_no_takeover()
    {
        var history = new SteadyHistory()
            .Add(EventKind.Enqueue, 1, 9_000)
            .Add(EventKind.Claim, 1, 9_500, "a", lease: 14_500)
            .Add(EventKind.Release, 1, 11_000, "a")
            .Add(EventKind.Claim, 1, 11_500, "b", lease: 16_500)
            .Add(EventKind.Expire, 1, 16_600)
            .Add(EventKind.Claim, 1, 17_000, "b", lease: 22_000)
            .Add(EventKind.Done, 1, 17_100, "b");

        var figures = Figures(history);

        Assert.Null(Of(figures, Measure.Reclaim).Value);
        Assert.Equal(
            "2 of 2002 claims were not their record's first", Of(figures, Measure.Waste).Seen);
    }

    [Fact]
    public void A_loss_is_a_symptom_where_throughput_shows_none()
    {
        var history = new SteadyHistory()
            .Add(EventKind.Enqueue, 1, 9_000)
            .Add(EventKind.Claim, 1, 9_500, "a", lease: 10_500)
            .Add(EventKind.Expire, 1, 11_250)
            .Add(EventKind.Claim, 1, 11_300, "b", lease: 16_000)
            .Add(EventKind.Done, 1, 11_400, "b");

        var detect = Of(Figures(history), Measure.Detect);

        Assert.Equal((1.25, "a record was taken from its holder"), (detect.Value, detect.Seen));
    }

    [Fact]
    public void Slowness_is_a_symptom_too()
    {
        var detect = Of(
            Figures(new SteadyHistory(at => at is >= 10_000 and < 12_000 ? at + 250 : at + 5)),
            Measure.Detect);

        Assert.Equal("half of the records took longer than 250 ms, not 5 ms", detect.Seen);
        Assert.InRange(detect.Value.GetValueOrDefault(), 0.5, 1.2);
    }

    [Fact]
    public void Locks_of_the_dead_count_from_their_death()
    {
        DeadClient[] dead =
        [
            new("rpa1-1", At(10_100), 2, At(14_000), At(13_100)), new("rpa1-2", At(25_000), 1, At(29_000), At(29_000)),
        ];

        var figures = Figures(new SteadyHistory(), dead, next: 20_000);

        Assert.Equal(3, Of(figures, Measure.LockHeld).Value);
        Assert.Equal("2 sessions outlived rpa1-1, 3.90 s long as far as was seen", Of(figures, Measure.LockHeld).Seen);
    }

    [Fact]
    public void A_fault_that_was_never_injected_has_no_figure() => Assert.Empty(RecoveryMeter.Measure(
        new SteadyHistory().Timeline(),
        [new FaultRecord { Name = "kill", TargetSpec = "one of rpa1", Trigger = "turn 1 of 1" }],
        [], [], UsualBudgets.All)[0].Figures);

    [Fact]
    public void What_a_worker_burns_while_it_lasts_counts_beyond_what_it_used_before()
    {
        // A tenth of a core before; then rpa1-1 has a whole one more, and rpa1-2 does not live through it.
        ProcessorUse[] used =
        [
            new("rpa1-1", [new(At(7_500), 4), new(At(9_500), 4.2), new(At(10_250), 4.3), new(At(11_750), 5.95)]),
            new("rpa1-2", [new(At(7_500), 1), new(At(9_500), 1), new(At(10_250), 3)]),
            new("rpa2-1", [new(At(7_500), 1), new(At(9_500), 3), new(At(10_250), 4), new(At(11_750), 4.5)]),
        ];

        var figure = Of(Figures(new SteadyHistory(), processors: used), Measure.Processor);

        Assert.Equal(1, figure.Value.GetValueOrDefault(), tolerance: 0.001);
        Assert.Equal("rpa1-1 used 1.10 cores, and 0.10 before", figure.Seen);
        Assert.Equal(Verdict.Fail, figure.Verdict);
    }

    private static IReadOnlyList<Figure> Figures(
        SteadyHistory history,
        IReadOnlyList<DeadClient>? dead = null,
        int? next = null,
        IReadOnlyList<ProcessorUse>? processors = null)
    {
        var faults = new[] { 10_000, next ?? 60_000 }.Select(at => new FaultRecord
        {
            Name = "kill",
            TargetSpec = "one of rpa1",
            Target = "rpa1-1",
            Trigger = "turn",
            BeganAt = SteadyHistory.Instant(at),
            InjectedAt = SteadyHistory.Instant(at),
            ConfirmedAt = SteadyHistory.Instant(at + 100),
            HealedAt = SteadyHistory.Instant(at + 2_000),
            ConfirmedHealedAt = SteadyHistory.Instant(at + 2_100),
        });
        return RecoveryMeter.Measure(
            history.Timeline(), [.. faults.Take(next is null ? 1 : 2)], dead ?? [], processors ?? [], UsualBudgets.All,
            rate: 100)[0].Figures;
    }

    private static DateTimeOffset At(double milliseconds) => SteadyHistory.Instant(milliseconds);

    private static Figure Of(IReadOnlyList<Figure> figures, Measure measure) =>
        figures.Single(figure => figure.Measure == measure);
}
