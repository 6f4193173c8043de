using Seatrial.Engine;
using Seatrial.Engine.Checks;

namespace Seatrial.Trials.Tests;

/// <summary>The tester tested: a worker with a planted bug must be caught, and what is wrong named.</summary>
[Collection(OneTrialAtATime.Name)]
[Trait("Needs", "Docker")]
[Trait("Needs", QuietLast.Quiet)]
public sealed class BrokenWorkerTests(BrokenWorkers workers)
{
    /// <summary>A fault does not meet the bug's moment every time.</summary>
    private const int Trials = 3;

    public static TheoryData<string> Bugs => [.. BrokenWorkerCatalogue.All.Select(broken => broken.Bug)];

    [Theory]
    [MemberData(nameof(Bugs))]
    public async Task It_is_caught_by_the_check_that_is_named(string bug)
    {
        var broken = BrokenWorkerCatalogue.All.Single(one => one.Bug == bug);
        var trial = 1;
        while (await PassesAsync(broken, isLast: trial == Trials))
        {
            trial++;
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{bug}: caught by trial {trial}");
    }

    /// <summary>Whether the bug was not met; anything but that, and but its being caught, fails the test.</summary>
    private async Task<bool> PassesAsync(BrokenWorkerCase broken, bool isLast)
    {
        using var folder = new TrialFolder();
        var system = await workers.WriteSystemAsync(folder, broken);

        var exit = await folder.SeatrialAsync(broken.Arguments(folder, system));

        if (exit == (int)ExitCode.Pass && !isLast)
        {
            return true;
        }

        Assert.True(exit == (int)ExitCode.Fail, folder.Output);
        var failed = (await folder.ResultAsync()).Suites
            .SelectMany(suite => suite.Checks)
            .FirstOrDefault(check => check.Id == broken.Check && check.Verdict is Verdict.Fail);
        Assert.True(failed is not null, folder.Output);
        Assert.NotEmpty(failed.Findings);
        Assert.All(failed.Findings, finding => Assert.NotEmpty(finding.Story));
        return false;
    }
}
