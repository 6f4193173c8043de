using CsCheck;
using Seatrial.Worker.Configuration;
using Seatrial.Worker.Recovery;

namespace Seatrial.Worker.Tests.Recovery;

public sealed class BackoffTests
{
    private static readonly RetryConfig Retry =
        new() { FirstDelay = TimeSpan.FromSeconds(1), MaxDelay = TimeSpan.FromMinutes(1) };

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(6, 32)]
    [InlineData(7, 60)]
    [InlineData(int.MaxValue, 60)]
    public void Doubles_up_to_its_bound(int failures, int seconds)
    {
        Assert.Equal(seconds / 2.0, Backoff.Delay(Retry, failures, chance: 0).TotalSeconds);
        Assert.Equal(seconds, Backoff.Delay(Retry, failures, chance: 1).TotalSeconds);
    }

    [Fact]
    public void Chance_moves_it_within_the_upper_half() =>
        Gen.Select(Gen.Int[1, 100], Gen.Double[0, 1]).Sample((failures, chance) =>
    {
        var whole = Math.Min(60, Math.Pow(2, failures - 1));
        return Backoff.Delay(Retry, failures, chance).TotalSeconds is var delay
            && delay >= (whole / 2) - 1e-6 && delay <= whole + 1e-6;
    });

    [Fact]
    public void Two_workers_hardly_ever_wait_equally_long() =>
        Assert.True(Enumerable.Range(0, 100).Select(_ => Backoff.Delay(Retry, 5)).Distinct().Count() > 90);
}
