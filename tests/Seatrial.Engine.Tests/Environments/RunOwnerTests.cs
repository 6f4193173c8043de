using Seatrial.Engine.Environments;

namespace Seatrial.Engine.Tests.Environments;

public sealed class RunOwnerTests
{
    [Fact]
    public void This_process_lives_and_its_text_says_who_it_is()
    {
        Assert.True(RunOwner.Current.IsAlive());
        Assert.Equal(RunOwner.Current, RunOwner.Parse(RunOwner.Current.ToString()));
        Assert.True(RunOwner.Current.SharesHost(RunOwner.Current with { ProcessId = 1 }));
    }

    [Fact]
    public void A_process_that_got_the_same_id_later_is_another_one() =>
        Assert.False((RunOwner.Current with { StartedAt = RunOwner.Current.StartedAt - 1 }).IsAlive());

    [Fact]
    public void Another_boot_or_another_host_can_not_be_seen()
    {
        Assert.False(RunOwner.Current.SharesHost(RunOwner.Current with { Boot = "other" }));
        Assert.False(RunOwner.Current.SharesHost(RunOwner.Current with { Host = "other" }));
    }

    [Fact]
    public void A_process_that_ended_does_not_live()
    {
        Assert.False((RunOwner.Current with { ProcessId = int.MaxValue }).IsAlive());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("a|b|c|d")]
    [InlineData("a|b|1")]
    public void What_is_no_owner_is_none(string? text) => Assert.Null(RunOwner.Parse(text));
}
