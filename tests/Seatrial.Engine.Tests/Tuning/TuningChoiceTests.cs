using Seatrial.Engine.Measurements;
using Seatrial.Engine.Measurements.Bottlenecks;
using Seatrial.Engine.Tuning;

namespace Seatrial.Engine.Tests.Tuning;

public sealed class TuningChoiceTests : IDisposable
{
    private readonly TunedSystem _system = new();

    public void Dispose() => _system.Dispose();

    [Fact]
    public void The_best_two_that_can_be_had_are_tried_and_the_others_say_why_not()
    {
        var choice = Of(
            Proposal("only", ResourceSettings.Replicas, 2),
            Proposal("orders", ResourceSettings.Cpus, 1),
            Proposal("short", ResourceSettings.Replicas, 4),
            Proposal("orders", ResourceSettings.Memory, 128 << 20));

        Assert.Equal(["orders", "short"], choice.Tried.Select(one => one.Proposal.Change.Service));
        Assert.Equal(1, choice.Tried[0].System.Project.Services["orders"].Limits.Cpus);
        Assert.Equal(4, choice.Tried[1].System.Spec.Distributed.Replicas["short"]);
        Assert.Equal(0.5, choice.Tried[1].System.Project.Services["orders"].Limits.Cpus);
        Assert.Equal(["only", "orders"], choice.Untried.Select(one => one.Proposal.Change.Service));
        Assert.Contains("container_name", choice.Untried[0].Because, StringComparison.Ordinal);
        Assert.Contains("the best 2 are tried", choice.Untried[1].Because, StringComparison.Ordinal);
    }

    [Fact]
    public void Causes_that_no_setting_mends_are_told()
    {
        var choice = Of();

        Assert.Equal((0, 0), (choice.Tried.Count, choice.Untried.Count));
        Assert.Equal("lock", Assert.Single(choice.Unmended).Name);
    }

    private TuningChoice Of(params ResourceProposal[] proposals) => TuningChoice.Of(
        new PerformanceReport
        {
            Containers = [],
            Bottlenecks = [Cause("lock", change: null), Cause("cpu-limit", new ResourceChange("orders", "", 1, 2))],
            Proposals = proposals,
            Gaps = [],
        },
        60,
        _system.Project,
        _system.Spec);

    private static ResourceProposal Proposal(string service, string setting, double proposed) =>
        new(new ResourceChange(service, setting, 1, proposed), "", "");

    private static Bottleneck Cause(string name, ResourceChange? change) => new()
    {
        Name = name,
        Where = "",
        Summary = "",
        Evidence = [],
        Confidence = 0.5,
        Recommendation = "",
        ExpectedGain = "",
        Verify = "",
        Change = change,
    };
}
