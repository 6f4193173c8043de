using Seatrial.Engine.Compose;
using Seatrial.Engine.Images;
using Seatrial.Testing;

namespace Seatrial.Engine.Tests.Images;

public sealed class PullRuleTests
{
    private static readonly DateTimeOffset _now = new(2026, 11, 26, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("always", 0, true)]
    [InlineData("missing", 9999, false)]
    [InlineData("if_not_present", 9999, false)]
    [InlineData("never", 9999, false)]
    [InlineData("build", 9999, false)]
    [InlineData("daily", 23, false)]
    [InlineData("daily", 24, true)]
    [InlineData("weekly", 167, false)]
    [InlineData("weekly", 168, true)]
    [InlineData("every_12h", 11, false)]
    [InlineData("every_12h", 12, true)]
    public void An_image_is_pulled_again_when_its_last_pull_is_old_enough(string policy, int hours, bool isDue) =>
        Assert.Equal(isDue, new PullRule(policy, "here").IsDue(_now - TimeSpan.FromHours(hours), _now));

    [Fact]
    public void Of_several_services_the_one_that_pulls_soonest_decides()
    {
        var project = ComposeProjects.Of("p", Service("a", "never"), Service("b", "weekly"), Service("c", "daily"));

        Assert.Equal("daily", PullRule.Of(project)["redis:latest"].Policy);

        static ComposeService Service(string name, string policy) =>
            new() { Name = name, Image = "redis", PullPolicy = policy };
    }
}
