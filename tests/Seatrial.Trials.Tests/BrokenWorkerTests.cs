using Seatrial.Engine;
using Seatrial.Engine.Checks;

namespace Seatrial.Trials.Tests;

/// <summary>The tester tested: a worker with a planted bug must be caught, and what is wrong named.</summary>
[Collection(OneTrialAtATime.Name)]
[Trait("Needs", "Docker")]
[Trait("Needs", QuietLast.Quiet)]
public sealed class BrokenWorkerTests(BrokenWorkers workers)
{
    public static TheoryData<string> Bugs => [.. BrokenWorkerCatalogue.All.Select(broken => broken.Bug)];

    [Theory]
    [MemberData(nameof(Bugs))]
    public async Task It_is_caught_by_the_check_that_is_named(string bug)
    {
        using var folder = new TrialFolder();
        var broken = BrokenWorkerCatalogue.All.Single(one => one.Bug == bug);
        var system = await workers.WriteSystemAsync(folder, broken);

        var exit = await folder.SeatrialAsync(broken.Arguments(folder, system));

        Assert.True(exit == (int)ExitCode.Fail, folder.Output);
        var failed = (await folder.ResultAsync()).Suites
            .SelectMany(suite => suite.Checks)
            .FirstOrDefault(check => check.Id == broken.Check && check.Verdict is Verdict.Fail);
        Assert.True(failed is not null, folder.Output);
        Assert.NotEmpty(failed.Findings);
        Assert.All(failed.Findings, finding => Assert.NotEmpty(finding.Story));
    }
}
