using Seatrial.Engine.Compose;
using Seatrial.Engine.Faults;
using Seatrial.Engine.Plans;
using Seatrial.Engine.Specs;
using Seatrial.Testing;

namespace Seatrial.Engine.Tests.Plans;

public sealed class FaultSuitePlannerTests
{
    private static readonly ComposeProject _project = ComposeReader.Read(
        Repository.PathOf("systems/rpa"), new Dictionary<string, string>()).Project
        ?? throw new InvalidOperationException("The sample system has errors.");

    private static readonly SystemSpec _spec = SpecReader.Read(_project, new Dictionary<string, string>()).Spec
        ?? throw new InvalidOperationException("The sample system has errors.");

    [Fact]
    public void Every_kind_has_a_turn_or_a_reason_why_not()
    {
        var plan = Plan(seed: 1);

        Assert.Equal(
            FaultCatalogue.Names.Order(),
            plan.Turns.Select(turn => turn.Fault.Spec.Kind).Distinct()
                .Concat(plan.Missing.Select(one => one.Name)).Order());
        Assert.All(plan.Missing, one => Assert.NotEmpty(one.Reason));
        Assert.Equal(
            ["clock-forward", "clock-back", "disk-full-data", "disk-full-wal", "disk-full-journal", "prefect-down",
                "balancer-down", "monitoring-down"],
            plan.Missing.Select(one => one.Name));
    }

    [Fact]
    public void One_seed_gives_one_plan_and_another_seed_another()
    {
        Assert.Equal(Text(Plan(seed: 5)), Text(Plan(seed: 5)));
        Assert.NotEqual(Text(Plan(seed: 5)), Text(Plan(seed: 6)));
    }

    [Fact]
    public void Each_is_aimed_at_what_it_breaks()
    {
        var services = Enumerable.Range(1, 30).SelectMany(seed => Plan((ulong)seed).Turns)
            .GroupBy(turn => turn.Fault.Spec.Kind, turn => turn.Fault.Spec.Service)
            .ToDictionary(kind => kind.Key, kind => kind.Distinct().Order().ToList());

        Assert.Equal(["rpa1"], services["kill"]);
        Assert.All(Enumerable.Range(1, 30), seed => Assert.Matches("^rpa1,rpa[23]$", string.Join(
            ',', Plan((ulong)seed).Turns.Where(turn => turn.Fault.Spec.Kind == "pause-past-lease")
                .Select(turn => turn.Fault.Spec.Service))));
        Assert.Equal(["rpa1", "rpa2", "rpa3"], services["partition"]);
        Assert.Equal(["db"], services["kill-postmaster"]);
        Assert.Equal(["rpa1", "rpa2", "rpa3"], services["terminate-sessions"]);
    }

    [Fact]
    public void What_the_machine_lacks_is_missing_with_its_reason()
    {
        var plan = FaultSuitePlanner.Plan(
            Trial(1, _spec), kind => kind.Lane is FaultLane.Network ? "no iptables" : null);

        Assert.Contains(new MissingFault("partition", "no iptables"), plan.Missing);
        Assert.DoesNotContain(plan.Turns, turn => turn.Fault.Spec.Kind == "partition");
    }

    [Fact]
    public void What_the_file_leaves_out_is_neither_tried_nor_missing()
    {
        var plan = FaultSuitePlanner.Plan(
            Trial(1, _spec with { Faults = _spec.Faults with { Kinds = ["kill", "pause"] } }), _ => null);

        Assert.Equal(["kill", "pause"], plan.Turns.Select(turn => turn.Fault.Spec.Kind));
        Assert.Equal("turn 2 of 2", plan.Turns[1].Fault.Trigger);
        Assert.Empty(plan.Missing);
    }

    private static FaultSuitePlan Plan(ulong seed) => FaultSuitePlanner.Plan(Trial(seed, _spec), _ => null);

    private static TrialPlan Trial(ulong seed, SystemSpec spec) =>
        TrialPlanner.Plan(_project, spec, 1000, new TrialRequest { Seed = seed, RunId = "run" });

    private static string Text(FaultSuitePlan plan) => string.Join('\n', plan.Turns.Select(turn =>
        $"{turn.Fault.Spec.Kind} {turn.Fault.Target} {turn.Fault.Seed} {turn.Fault.Due} {turn.Fault.Spec.For}"));
}
