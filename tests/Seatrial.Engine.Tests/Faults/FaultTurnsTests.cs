using Seatrial.Engine.Faults;

namespace Seatrial.Engine.Tests.Faults;

public sealed class FaultTurnsTests
{
    [Theory]
    [InlineData("cpu-starved", "packet-loss", true)]
    [InlineData("cpu-starved", "latency", true)]
    [InlineData("latency", "packet-loss", false)]
    [InlineData("packet-loss", "slow-link", false)]
    [InlineData("cpu-starved", "kill", false)]
    [InlineData("partition", "cpu-starved", false)]
    [InlineData("lock-table", "kill-postmaster", false)]
    public void Only_soft_faults_of_different_media_share_a_container(string one, string other, bool may)
    {
        Assert.Equal(may, FaultOverlaps.MayShare(FaultCatalogue.Of(one), FaultCatalogue.Of(other)));
        Assert.Equal(may, FaultOverlaps.MayShare(FaultCatalogue.Of(other), FaultCatalogue.Of(one)));
    }

    [Fact]
    public async Task Who_may_not_share_waits_until_the_other_is_over()
    {
        var turns = new FaultTurns();
        var first = await EnterAsync(turns, "kill", "rpa1-1");

        var second = EnterAsync(turns, "pause", "rpa1-1");
        Assert.False(second.IsCompleted);
        first.Dispose();

        using var turn = await second;
    }

    [Fact]
    public async Task Others_do_not_wait()
    {
        var turns = new FaultTurns();
        using var first = await EnterAsync(turns, "kill", "rpa1-1");
        using var elsewhere = await EnterAsync(turns, "pause", "rpa1-2");
        using var soft = await EnterAsync(turns, "cpu-starved", "rpa2-1");
        using var together = await EnterAsync(turns, "packet-loss", "rpa2-1");
    }

    [Fact]
    public async Task The_database_is_broken_in_one_way_at_a_time()
    {
        var turns = new FaultTurns();
        using var first = await EnterAsync(turns, "terminate-sessions", "rpa1-1");

        Assert.False(EnterAsync(turns, "kill-postmaster", "db-1").IsCompleted);
    }

    private static Task<IDisposable> EnterAsync(FaultTurns turns, string kind, string target) =>
        turns.EnterAsync(FaultCatalogue.Of(kind), [target], TestContext.Current.CancellationToken);
}
