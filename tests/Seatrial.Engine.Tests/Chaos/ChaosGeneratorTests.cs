using CsCheck;
using Seatrial.Engine.Chaos;
using Seatrial.Engine.Chaos.Shrinking;
using Seatrial.Engine.Faults;
using Seatrial.Engine.Specs;

namespace Seatrial.Engine.Tests.Chaos;

public sealed class ChaosGeneratorTests
{
    private static readonly Gen<ChaosSchedule> _schedules = Gen.Select(
        Gen.ULong, Gen.Enum<ChaosIntensity>(), Gen.Int[1, 600],
        (seed, intensity, seconds) => ChaosSample.Draw(seed, intensity, seconds));

    [Fact]
    public void One_seed_gives_one_schedule_byte_for_byte() => Gen.ULong.Sample(seed =>
        Assert.Equal(ScheduleText.Of(ChaosSample.Draw(seed), []), ScheduleText.Of(ChaosSample.Draw(seed), [])));

    [Fact]
    public void Other_seeds_give_other_schedules() => Assert.Equal(50, Enumerable.Range(0, 50)
        .Select(seed => ScheduleText.Of(ChaosSample.Draw((ulong)seed), [])).Distinct().Count());

    [Fact]
    public void What_is_printed_is_what_is_read() => _schedules.Sample(schedule =>
    {
        var text = ScheduleText.Of(schedule, ["a comment"]);

        Assert.Equal(text, ScheduleText.Of(ChaosSample.Schedule(text), ["a comment"]));
    });

    [Fact]
    public void Each_fault_meets_somebody_and_can_be_had() => _schedules.Sample(schedule => Assert.Empty(
        ChaosPlans.Problems(ChaosSample.Project, ChaosSample.Spec, schedule, _ => null)));

    [Fact]
    public void Leaving_one_out_changes_no_other() => _schedules.Sample(schedule =>
    {
        var all = Chances(schedule);
        foreach (var id in all.Keys)
        {
            var rest = schedule.With([.. all.Keys.Where(other => other != id)]);

            Assert.Equal(all.Where(one => one.Key != id), Chances(rest));
        }
    });

    [Fact]
    public void Those_that_may_not_share_a_container_are_kept_apart() => _schedules.Sample(schedule =>
    {
        foreach (var round in schedule.Rounds)
        {
            foreach (var (one, other) in round.Events.SelectMany(
                (one, i) => round.Events.Skip(i + 1).Select(other => (one, other))))
            {
                var mayShare = FaultOverlaps.MayShare(
                    FaultCatalogue.Of(one.Fault.Kind), FaultCatalogue.Of(other.Fault.Kind));
                Assert.True(mayShare || !Together(one, other) || !SameContainer(one, other), $"{one} {other}");
            }
        }
    });

    [Fact]
    public void Times_lie_well_within_their_round() => _schedules.Sample(schedule => Assert.All(
        schedule.Rounds, round => Assert.All(round.Events, one => Assert.True(
            one.Fault.At is not FaultTrigger.Time time || time.After < round.For))));

    [Fact]
    public void More_intensity_breaks_more()
    {
        var counts = Enum.GetValues<ChaosIntensity>()
            .Select(intensity => Enumerable.Range(0, 20).Sum(
                seed => ChaosSample.Draw((ulong)seed, intensity).Events.Count())).ToList();

        Assert.Equal(counts.Order(), counts);
        Assert.True(counts[2] > counts[0] * 2);
    }

    [Fact]
    public void What_the_machine_lacks_is_left_out_and_told()
    {
        var aims = ChaosAims.Of(
            ChaosSample.Project, ChaosSample.Spec, ChaosSample.Replicas,
            kind => kind.Lane is FaultLane.Network ? "no iptables" : null);

        Assert.DoesNotContain(aims.Pairs, pair => pair.Kind.Lane is FaultLane.Network);
        Assert.Contains(("partition", "no iptables"), aims.LeftOut);
        Assert.Contains(aims.LeftOut, kind => kind.Kind is "clock-back");
        Assert.Equal(FaultCatalogue.Names.Order(), aims.LeftOut.Select(kind => kind.Kind)
            .Concat(aims.Pairs.Select(pair => pair.Kind.Name)).Distinct().Order());
    }

    private static Dictionary<string, string> Chances(ChaosSchedule schedule) => schedule.Rounds
        .SelectMany(round => round.Events.Zip(schedule.Plan(round, ChaosSample.Replicas)))
        .ToDictionary(
            one => one.First.Id, one => $"{one.Second.Seed} {one.Second.Target} {one.Second.Spec.Kind} {one.Second.Trigger}");

    private static bool Together(ChaosEvent one, ChaosEvent other) =>
        From(one) < Until(other) && From(other) < Until(one);

    private static TimeSpan From(ChaosEvent one) =>
        one.Fault.At is FaultTrigger.Time time ? time.After : TimeSpan.Zero;

    private static TimeSpan Until(ChaosEvent one) => From(one) + (one.Fault.For ?? TimeSpan.Zero);

    private static bool SameContainer(ChaosEvent one, ChaosEvent other) =>
        one.Fault.Target.Of == other.Fault.Target.Of
        && (one.Fault.Target.Number is null || other.Fault.Target.Number is null
            || one.Fault.Target.Number == other.Fault.Target.Number);
}
