using Seatrial.Engine.Workloads;

namespace Seatrial.Engine.Tests.Workloads;

public sealed class CapacitySearchTests
{
    private static readonly CapacityLimits _limits = new(100, 20_000, TimeSpan.FromSeconds(1), 30, 0.05);

    [Theory]
    [InlineData(137)]
    [InlineData(812)]
    [InlineData(9_000)]
    [InlineData(40)]
    public async Task It_finds_what_a_system_can_do(double can)
    {
        var result = await new CapacitySearch(_limits).RunAsync(rate => Task.FromResult(
            rate <= can ? CapacityTrial.Held : CapacityTrial.Missed));

        Assert.InRange(result.Highest.GetValueOrDefault(), can * 0.94, can);
        Assert.InRange(result.Lowest.GetValueOrDefault(), can, can * 1.06 + 1);
    }

    [Fact]
    public async Task A_rate_that_is_missed_once_is_tried_again()
    {
        var missed = new HashSet<double>();

        var result = await new CapacitySearch(_limits).RunAsync(rate => Task.FromResult(
            rate > 812 || missed.Add(rate) ? CapacityTrial.Missed : CapacityTrial.Held));

        Assert.InRange(result.Highest.GetValueOrDefault(), 760, 812);
    }

    [Fact]
    public async Task A_rate_that_the_generator_can_not_keep_says_nothing_of_the_system()
    {
        var result = await new CapacitySearch(_limits).RunAsync(rate => Task.FromResult(
            rate > 3_000 ? CapacityTrial.NotKept : CapacityTrial.Held));

        Assert.InRange(result.Highest.GetValueOrDefault(), 2_800, 3_000);
        Assert.Null(result.Lowest);
        Assert.True(result.NotKept > 3_000);
    }

    [Fact]
    public async Task One_that_holds_whatever_is_tried_can_do_at_least_the_highest()
    {
        var result = await new CapacitySearch(_limits).RunAsync(_ => Task.FromResult(CapacityTrial.Held));

        Assert.Equal((20_000, null), (result.Highest, result.Lowest));
    }

    [Fact]
    public async Task One_that_holds_nothing_has_no_highest_and_the_trials_end()
    {
        var result = await new CapacitySearch(_limits).RunAsync(_ => Task.FromResult(CapacityTrial.Missed));

        Assert.Null(result.Highest);
        Assert.InRange(result.Trials, 2, 30);
    }
}
