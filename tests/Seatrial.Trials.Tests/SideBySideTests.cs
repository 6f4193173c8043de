using Seatrial.Engine;

namespace Seatrial.Trials.Tests;

[Collection(OneTrialAtATime.Name)]
[Trait("Needs", "Docker")]
public sealed class SideBySideTests
{
    [Fact]
    public async Task Two_trials_of_one_system_at_once_both_pass()
    {
        using var first = new TrialFolder();
        using var second = new TrialFolder();

        var exits = await Task.WhenAll(TryAsync(first), TryAsync(second));

        Assert.True(exits[0] == (int)ExitCode.Pass, first.Output);
        Assert.True(exits[1] == (int)ExitCode.Pass, second.Output);
        var runs = new[] { (await first.ResultAsync()).RunId, (await second.ResultAsync()).RunId };
        Assert.NotEqual(runs[0], runs[1]);
        Assert.Empty(await EngineObjects.OfRunAsync(runs[0]));
        Assert.Empty(await EngineObjects.OfRunAsync(runs[1]));
    }

    private static Task<int> TryAsync(TrialFolder folder) =>
        folder.SeatrialAsync("trial", TrialFolder.Rpa, "--records", "8000", "--out", folder.Run);
}
