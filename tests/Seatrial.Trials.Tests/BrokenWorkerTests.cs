using Seatrial.Engine;
using Seatrial.Engine.Checks;

namespace Seatrial.Trials.Tests;

/// <summary>The tester tested: a worker with a planted bug must be caught, and what is wrong named.</summary>
[Collection(OneTrialAtATime.Name)]
[Trait("Needs", "Docker")]
public sealed class BrokenWorkerTests(BrokenWorkers workers)
{
    public static TheoryData<string> Bugs => [.. BrokenWorkerCatalogue.All.Select(broken => broken.Bug)];

    [Theory]
    [MemberData(nameof(Bugs))]
    public async Task It_is_caught(string bug)
    {
        using var folder = new TrialFolder();
        var broken = BrokenWorkerCatalogue.All.Single(one => one.Bug == bug);
        var system = await workers.WriteSystemAsync(folder, broken);

        var exit = await folder.SeatrialAsync(broken.Schedule is { } schedule
            ? ["chaos", system, "--replay", folder.Write("schedule.yaml", schedule), "--shrink-within", "0s", "--out", folder.Run]
            : ["trial", system, .. broken.Arguments, "--out", folder.Run]);

        Assert.True(exit == (int)ExitCode.Fail, folder.Output);
        var check = await folder.CheckAsync(broken.Check);
        Assert.True(check.Verdict is Verdict.Fail, folder.Output);
        Assert.NotEmpty(check.Findings);
        Assert.All(check.Findings, finding => Assert.NotEmpty(finding.Story));
    }
}
