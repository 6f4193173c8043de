using Seatrial.Engine.Workloads;

namespace Seatrial.Engine.Tests.Workloads;

public sealed class LoadShapeTests
{
    public static TheoryData<LoadShape, long> Shapes => new()
    {
        { new LoadShape.Constant(30), 300 },
        { new LoadShape.Ramp(0, 60), 300 },
        { new LoadShape.Ramp(60, 10), 350 },
        { new LoadShape.Steps([10, 20, 30, 0]), 150 },
        { new LoadShape.Spike(10, 110), 200 },
        { new LoadShape.Sine(10, 50, 5), 300 },
        { new LoadShape.Replay([0, 0.5, 0.5, 9]), 4 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Records_come_in_order_within_the_phase_and_as_many_as_the_rate_makes(LoadShape shape, long records)
    {
        var plan = new ArrivalPlan([new LoadPhase("it", shape, TimeSpan.FromSeconds(10))]);

        var due = Enumerable.Range(0, (int)plan.Records).Select(record => plan.DueAt(record)).ToList();

        Assert.Equal(records, plan.Records);
        Assert.Equal(due.Order(), due);
        Assert.InRange(due[0], TimeSpan.Zero, TimeSpan.FromSeconds(10));
        Assert.InRange(due[^1], TimeSpan.Zero, TimeSpan.FromSeconds(10));
        Assert.All(Enumerable.Range(0, due.Count), record => Assert.InRange(
            shape.CountAt(due[record].TotalSeconds, 10), record - 1.01, record + 0.01));
    }

    [Fact]
    public void A_spike_is_in_the_middle_tenth()
    {
        var plan = new ArrivalPlan([new LoadPhase("it", new LoadShape.Spike(10, 110), TimeSpan.FromSeconds(10))]);

        Assert.Equal(110, Enumerable.Range(0, 200).Count(
            record => plan.DueAt(record) is { TotalSeconds: >= 4.5 and < 5.5 }));
    }

    [Fact]
    public void Phases_follow_each_other()
    {
        var plan = new ArrivalPlan(
        [
            new LoadPhase("first", new LoadShape.Constant(10), TimeSpan.FromSeconds(2)),
            new LoadPhase("second", new LoadShape.Constant(1), TimeSpan.FromSeconds(3)),
        ]);

        Assert.Equal((23, TimeSpan.FromSeconds(5)), (plan.Records, plan.Lasts));
        Assert.Equal(TimeSpan.FromSeconds(1.9), plan.DueAt(19));
        Assert.Equal(TimeSpan.FromSeconds(2), plan.DueAt(20));
        Assert.Equal(TimeSpan.FromSeconds(4), plan.DueAt(22));
    }
}
