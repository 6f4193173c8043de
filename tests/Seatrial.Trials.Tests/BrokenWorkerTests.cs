using Seatrial.Engine;
using Seatrial.Engine.Checks;

namespace Seatrial.Trials.Tests;

/// <summary>The tester tested: workers with one planted bug each must be caught, and the records named.</summary>
[Collection(OneTrialAtATime.Name)]
[Trait("Needs", "Docker")]
public sealed class BrokenWorkerTests
{
    [Fact]
    public async Task Claims_without_the_row_lock_are_seen_as_two_owners_at_once()
    {
        using var folder = new TrialFolder();

        await folder.TryBrokenAsync("no-row-lock");

        var overlap = await folder.CheckAsync("overlap");
        Assert.Equal(Verdict.Fail, overlap.Verdict);
        Assert.NotEmpty(overlap.Findings);
        Assert.All(overlap.Findings, finding => Assert.StartsWith("rpa", finding.Record, StringComparison.Ordinal));
        Assert.All(overlap.Findings, finding => Assert.NotEmpty(finding.History));
    }

    [Fact]
    public async Task Completion_without_the_fencing_token_is_seen_as_a_zombies_write()
    {
        using var folder = new TrialFolder();

        await folder.TryBrokenAsync("no-fencing");

        var zombie = await folder.CheckAsync("zombie");
        Assert.Equal(Verdict.Fail, zombie.Verdict);
        Assert.NotEmpty(zombie.Findings);
        Assert.All(zombie.Findings, finding => Assert.StartsWith("rpa2/", finding.Record, StringComparison.Ordinal));
    }
}

/// <summary>Trials of broken systems.</summary>
internal static class BrokenTrials
{
    public static async Task TryBrokenAsync(this TrialFolder folder, string bug)
    {
        // The broken layer goes over the flows' images as they are.
        Assert.True(await folder.SeatrialAsync("build", TrialFolder.Rpa) == 0, folder.Output);
        var system = await BrokenWorker.WriteSystemAsync(folder, bug);

        var exit = await folder.SeatrialAsync("trial", system, "--records", "6000", "--out", folder.Run);

        Assert.True(exit == (int)ExitCode.Fail, folder.Output);
    }

    public static async Task<CheckResult> CheckAsync(this TrialFolder folder, string id) =>
        (await folder.ResultAsync()).Suites[0].Checks.Single(check => check.Id == id);
}
