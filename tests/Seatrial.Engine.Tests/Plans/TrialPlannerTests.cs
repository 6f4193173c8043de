using Seatrial.Engine.Compose;
using Seatrial.Engine.Plans;
using Seatrial.Engine.Specs;
using Seatrial.Testing;

namespace Seatrial.Engine.Tests.Plans;

public sealed class TrialPlannerTests
{
    private const int Rows = 21_483;

    private static readonly ComposeProject _project = Read();

    private static readonly SystemSpec _spec = SpecReader.Read(_project, new Dictionary<string, string>()).Spec
        ?? throw new InvalidOperationException("The sample system has errors.");

    [Fact]
    public void One_seed_gives_one_plan()
    {
        var first = Plan(seed: 7);
        var second = Plan(seed: 7);

        Assert.Equal(Text(first), Text(second));
    }

    [Fact]
    public void Different_seeds_choose_different_targets()
    {
        var targets = Enumerable.Range(0, 50).Select(seed => Plan((ulong)seed).Faults[0].Target).ToHashSet();

        Assert.Equal(["rpa1-1", "rpa1-2"], targets.Order());
    }

    [Fact]
    public void A_fault_is_due_at_its_part_of_the_records()
    {
        var plan = Plan(seed: 1);

        Assert.Equal(7_090, plan.Faults[0].DueAtDone);
        Assert.Equal("33 % of rpa1's records done (7,090)", plan.Faults[0].Trigger);
    }

    [Fact]
    public void All_rows_are_put_in_unless_a_number_is_asked_for()
    {
        Assert.Equal(Rows, Plan(seed: 1).Records);
        Assert.Equal(100, Plan(seed: 1, records: 100).Records);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    public void A_trial_over_no_records_is_refused(int records)
    {
        var refusal = Assert.Throws<SeatrialException>(() => Plan(seed: 1, records));

        Assert.Equal(ExitCode.Usage, refusal.ExitCode);
        Assert.Equal("--records", refusal.Problems[0].Where);
    }

    [Fact]
    public void A_fault_without_a_target_is_refused_with_its_place()
    {
        var without = _spec with
        {
            Distributed =
            _spec.Distributed with { Replicas = new Dictionary<string, int> { ["rpa2"] = 0 } }
        };

        var refusal = Assert.Throws<SeatrialException>(() => TrialPlanner.Plan(_project, without, Rows, Request(1)));

        Assert.Contains("seatrial.yaml:", refusal.Problems[0].Where, StringComparison.Ordinal);
    }

    [Fact]
    public void A_minority_is_less_than_half_and_all_are_all()
    {
        var minority = Enumerable.Range(0, 50)
            .Select(seed => Aimed(TargetChoice.MinorityOf, replicas: 5, (ulong)seed).Numbers).ToList();

        Assert.All(minority, numbers => Assert.Equal(2, numbers.Distinct().Count()));
        Assert.Equal([1, 2, 3, 4, 5], minority.SelectMany(numbers => numbers).Distinct().Order());
        Assert.Equal([1, 2, 3], Aimed(TargetChoice.AllOf, replicas: 3, seed: 1).Numbers);
    }

    [Fact]
    public void Two_have_no_minority() => Assert.Contains(
        "a minority of rpa2, of which 2 run",
        Assert.Throws<SeatrialException>(() => Aimed(TargetChoice.MinorityOf, replicas: 2, seed: 1)).Message,
        StringComparison.Ordinal);

    private static PlannedFault Aimed(TargetChoice choice, int replicas, ulong seed)
    {
        var spec = _spec with
        {
            Distributed = _spec.Distributed with
            {
                Faults = [_spec.Distributed.Faults[0] with { Target = new FaultTarget(choice, "rpa2") }],
                Replicas = new Dictionary<string, int> { ["rpa2"] = replicas },
            },
        };
        return TrialPlanner.Plan(_project, spec, Rows, Request(seed)).Faults[0];
    }

    private static TrialPlan Plan(ulong seed, int? records = null) =>
        TrialPlanner.Plan(_project, _spec, Rows, Request(seed) with { Records = records });

    private static TrialRequest Request(ulong seed) => new() { Seed = seed, RunId = "run" };

    private static string Text(TrialPlan plan) =>
        string.Join('\n', plan.Faults.Select(fault => $"{fault.Spec.Kind} {fault.Target} {fault.Trigger}"));

    private static ComposeProject Read() =>
        ComposeReader.Read(Repository.PathOf("systems/rpa"), new Dictionary<string, string>()).Project
        ?? throw new InvalidOperationException("The sample system has errors.");
}
