using Seatrial.Engine;
using Seatrial.Engine.Checks;

namespace Seatrial.Trials.Tests;

/// <summary>The performance suite over a short load, on the sample system.</summary>
[Collection(OneTrialAtATime.Name)]
[Trait("Needs", "Docker")]
[Trait("Needs", QuietLast.Quiet)]
public sealed class PerformanceSuiteTests
{
    [Fact]
    public async Task It_measures_each_phase_keeps_its_thresholds_apart_and_verify_says_the_same()
    {
        using var folder = new TrialFolder();
        var system = new SampleSystem("performance").Suites(
            """
            suites:
              performance:
                warm_up: 1s
                load:
                  - {constant: 100, for: 5s}
                  - {phase: peak, spike: [50, 250], for: 4s}
                thresholds:
                  - throughput{phase:steady} >= 50/s
                  - errors == 0
                  - latency.max < 1us
                  - latency.p99{phase:peak} < 1min
                search: {from: 60, to: 100, trials: 2, objectives: [latency.p50 < 30s]}
            """).WriteTo(folder);

        var exit = await folder.SeatrialAsync("trial", system, "--suite", "performance", "--out", folder.Run);

        var result = await folder.ResultAsync();
        var suite = result.Suites[0];
        Assert.True(exit == (int)ExitCode.Fail, folder.Output);
        Assert.NotNull(suite.Performance);
        Assert.Equal(
            ["warm-up", "steady", "peak", "search 1: 60/s"],
            suite.Performance.Phases.Take(4).Select(phase => phase.Span.Name));
        Assert.Equal([100, 500, 280], suite.Performance.Phases.Take(3).Select(phase => phase.Sent));
        Assert.Equal(780, suite.Performance.Metrics.RecordsProcessed);
        Assert.True(suite.Performance.Metrics.ResourceEfficiency > 0);
        Assert.NotNull(suite.Performance.Capacity);
        Assert.Equal(Verdict.Pass, Of(suite, "throughput{phase:steady}"));
        Assert.Equal(Verdict.Pass, Of(suite, "errors"));
        Assert.Equal(Verdict.Fail, Of(suite, "latency.max"));

        // 280 records tell nothing of the slowest hundredth.
        Assert.Equal(Verdict.Unknown, Of(suite, "latency.p99{phase:peak}"));
        Assert.Equal(Verdict.Pass, Of(suite, "lost"));
        Assert.Equal(Verdict.Pass, Of(suite, "duplicated"));
        Assert.Empty(await EngineObjects.OfRunAsync(result.RunId));

        var report = await File.ReadAllTextAsync(
            Path.Combine(folder.Run, "report.json"), TestContext.Current.CancellationToken);
        Assert.Equal((int)ExitCode.Fail, await folder.SeatrialAsync("verify", folder.Run));
        Assert.Equal(report, await File.ReadAllTextAsync(
            Path.Combine(folder.Run, "report.json"), TestContext.Current.CancellationToken));
    }

    private static Verdict Of(Engine.Runs.SuiteResult suite, string check) =>
        suite.Checks.Single(one => one.Id == check).Verdict;
}
