using Seatrial.Engine.Chaos;
using Seatrial.Engine.Specs;

namespace Seatrial.Engine.Tests.Chaos;

public sealed class ScheduleReaderTests
{
    [Fact]
    public void A_schedule_says_what_when_and_at_whom()
    {
        var schedule = ChaosSample.Schedule("""
            seed: 7
            rate: 50
            replicas: {rpa1: 3}
            rounds:
              - for: 10s
                faults:
                  - {id: a, kill: {container: rpa1-3}, at: {claim: 3, by: rpa1-3}}
                  - {pause: rpa2, at: 1500ms, for: 2s}
                  - {stop: rpa3, at: {done: 500}}
                  - {restart: rpa3, at: {lost: 1, of: rpa2}}
              - {for: 1s}
            """);

        Assert.Equal((7UL, 50, 3, 2), (schedule.Seed, schedule.Rate, schedule.Replicas["rpa1"], schedule.Rounds.Count));
        Assert.Equal(["a", "r1-2", "r1-3", "r1-4"], schedule.Events.Select(one => one.Id));
        Assert.Equal(
            [
                new FaultTrigger.Sighting(LogCount.Claim, 3, "rpa1", "rpa1-3"),
                new FaultTrigger.Time(TimeSpan.FromMilliseconds(1500)),
                new FaultTrigger.Sighting(LogCount.Done, 500, "rpa3", null),
                new FaultTrigger.Sighting(LogCount.Lost, 1, "rpa2", null),
            ],
            schedule.Events.Select(one => one.Fault.At));
        Assert.Equal("claim number 3 by rpa1-3", schedule.Events.First().Fault.At.ToString());
    }

    [Theory]
    [InlineData("{kil: rpa1, at: 1s}", "kil is not a key", 2)]
    [InlineData("{kill: rpa9, at: 1s}", "names the service rpa9", 8)]
    [InlineData("{kill: {container: rpa9-1}, at: 1s}", "is no container of a service", 20)]
    [InlineData("{kill: {container: rpa1}, at: 1s}", "is no container of a service", 20)]
    [InlineData("{kill: rpa1}", "does not say when", 1)]
    [InlineData("{kill: rpa1, at: 33%}", "has no meaning in chaos", 18)]
    [InlineData("{kill: rpa1, at: soon}", "where an instant belongs", 18)]
    [InlineData("{kill: rpa1, at: 500}", "where an instant belongs", 18)]
    [InlineData("{kill: rpa1, at: {done: 0}}", "out of bounds", 25)]
    [InlineData("{kill: rpa1, at: {claims: 3}}", "claims is not a key", 19)]
    [InlineData("{kill: rpa1, at: {claim: 3, done: 4}}", "counts several things", 14)]
    [InlineData("{kill: rpa1, at: {by: rpa1}}", "counts nothing", 14)]
    [InlineData("{kill: rpa1, at: {claim: 3, by: rpa7}}", "names the service rpa7", 33)]
    [InlineData("{kill: rpa1, at: {dead: 3, by: rpa1}}", "no worker does", 32)]
    [InlineData("{kill: rpa1, at: {done: 3, of: rpa7}}", "which is no stage", 32)]
    [InlineData("{kill: rpa1, at: 1s, for: 3s}", "ends by itself", 27)]
    public void What_is_wrong_with_a_fault_is_told_with_its_place(string fault, string told, int column)
    {
        var (schedule, problems) = ChaosSample.Read($"rounds: [{{for: 5s, faults: [\n\n\n{fault}]}}]");

        Assert.Null(schedule);
        var problem = Assert.Single(problems, problem => problem.What.Contains(told, StringComparison.Ordinal));
        Assert.NotEmpty(problem.Fix);
        Assert.Equal((4, column), (problem.At?.Line, problem.At?.Column));
    }

    [Theory]
    [InlineData("seed: 1", "no rounds")]
    [InlineData("rounds: []", "is empty")]
    [InlineData("rounds: [{faults: []}]", "does not say how long")]
    [InlineData("rounds: [{for: 0s}]", "out of bounds")]
    [InlineData("rounds: [5s]", "where a round belongs")]
    [InlineData("rounds: [{for: 1s}]\nrate: 0", "out of bounds")]
    [InlineData("rounds: [{for: 1s}]\nseed: x", "where a seed belongs")]
    [InlineData("rounds: [{for: 1s}]\nreplicas: {rpa7: 1}", "names the service rpa7")]
    [InlineData("round: [{for: 1s}]", "round is not a key")]
    [InlineData("rounds: [{for: 1s, faults: [{id: a, stop: rpa1, at: 0s}, {id: a, stop: rpa1, at: 0s}]}]", "as another")]
    public void What_is_wrong_with_a_schedule_is_told(string text, string told)
    {
        var (schedule, problems) = ChaosSample.Read(text);

        Assert.Null(schedule);
        Assert.Contains(problems, problem => problem.What.Contains(told, StringComparison.Ordinal));
        Assert.All(problems, problem => Assert.NotNull(problem.At));
    }

    [Theory]
    [InlineData("{kill: {container: rpa1-9}, at: 1s}", "but 2 of rpa1 run")]
    [InlineData("{kill: {minority_of: rpa1}, at: 1s}", "a minority of rpa1")]
    [InlineData("{kill: rpa1, at: {claim: 1, by: rpa1-9}}", "waits for rpa1-9, which does not run")]
    [InlineData("{clock-back: rpa1, at: 1s}", "can't be had here")]
    [InlineData("{disk-full-wal: db, at: 1s}", "can't be had here")]
    [InlineData("{partition: rpa1, at: 1s}", "can't be had here")]
    public void What_does_not_fit_the_system_or_the_machine_is_told(string fault, string told)
    {
        var schedule = ChaosSample.Schedule($"rounds: [{{for: 5s, faults: [{fault}]}}]");

        var problem = Assert.Single(ChaosPlans.Problems(
            ChaosSample.Project, ChaosSample.Spec, schedule, kind => kind.Name is "partition" ? "no iptables" : null));

        Assert.Contains(told, problem.What, StringComparison.Ordinal);
        Assert.Contains("schedule.yaml:1:", problem.Where, StringComparison.Ordinal);
    }
}
