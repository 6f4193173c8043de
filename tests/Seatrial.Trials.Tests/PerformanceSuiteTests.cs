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

    /// <summary>Two connections, and each record holds one for a tenth of a second.</summary>
    [Fact]
    public async Task The_rate_that_is_found_is_what_the_work_allows()
    {
        using var folder = new TrialFolder();
        var planted = PlantedBottleneck.All.Single(one => one.Name == "pool") with
        {
            Batch = 1,
            Suites = "performance: {warm_up: 2s, load: [{constant: 5, for: 2s}], search: "
                + "{from: 10, to: 40, trial: 8s, within: 50%, objectives: [latency.p50 < 5s]}}",
        };

        var exit = await folder.SeatrialAsync(
            "trial", planted.WriteTo(folder), "--suite", "performance", "--out", folder.Run);

        // So few records tell of a busy machine when one is late.
        Assert.True(exit is (int)ExitCode.Pass or (int)ExitCode.Unknown, folder.Output);
        var measured = (await folder.ResultAsync()).Suites[0].Performance;
        Assert.NotNull(measured?.Capacity);
        Assert.InRange(measured.Capacity.Highest ?? 0, 10, 20);
        Assert.InRange(measured.Capacity.Lowest ?? 0, 20, 30);

        // A search's trial that is given up early is no longer than that, and no record is in another's time.
        Assert.All(
            measured.Phases, phase => Assert.InRange(phase.Sent, phase.Span.Planned - 8, phase.Span.Planned + 1));
        Assert.All(
            measured.Phases.Zip(measured.Phases.Skip(1)),
            pair => Assert.True(pair.First.Span.To <= pair.Second.Span.From, folder.Output));
    }

    [Fact]
    public async Task A_load_over_HTTP_goes_through_the_balancer_once_each_and_the_search_is_not_the_entrances_affair()
    {
        using var folder = new TrialFolder();
        await WholeSystem.BuildAsync();
        var system = new SampleSystem("performancehttp").Suites(
            """
            suites:
              performance:
                entrance: lb:8080
                profiles: whole
                warm_up: 2s
                load:
                  - {constant: 50, for: 4s}
                thresholds: [errors == 0]
                search: {from: 40, to: 60, trials: 1, trial: 2s, objectives: [latency.p50 < 30s]}
            """).WriteTo(folder);

        var exit = await folder.SeatrialAsync("trial", system, "--suite", "performance", "--out", folder.Run);

        // Whether the generator kept the rate is the machine's affair.
        var result = await folder.ResultAsync();
        var suite = result.Suites[0];
        Assert.All(
            suite.Checks.Where(check => check.Id is not "generator"),
            check => Assert.True(check.Verdict is Verdict.Pass, folder.Output));
        Assert.NotNull(suite.Performance);
        var sent = suite.Performance.Phases.Select(phase => phase.Sent).ToList();
        Assert.Equal([100, 200], sent.Take(2));
        Assert.Equal(3, sent.Count);
        Assert.InRange(sent[2], 1, 80);
        Assert.All(suite.Queues, queue => Assert.Equal(sent.Sum(), queue.Done));
        Assert.Contains(
            "lb:8080 took 300 records in",
            suite.Checks.Single(check => check.Id == "entrance").Summary,
            StringComparison.Ordinal);
        Assert.Empty(await EngineObjects.OfRunAsync(result.RunId));

        var report = await File.ReadAllTextAsync(
            Path.Combine(folder.Run, "report.json"), TestContext.Current.CancellationToken);
        Assert.Equal(exit, await folder.SeatrialAsync("verify", folder.Run));
        Assert.Equal(report, await File.ReadAllTextAsync(
            Path.Combine(folder.Run, "report.json"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_entrance_that_does_not_run_is_told_before_anything_starts()
    {
        using var folder = new TrialFolder();
        var system = new SampleSystem("performancenone")
            .Suites("suites: {performance: {entrance: 'lb:8080'}}").WriteTo(folder);

        var exit = await folder.SeatrialAsync("trial", system, "--suite", "performance", "--out", folder.Run);

        Assert.Equal((int)ExitCode.Usage, exit);
        Assert.Contains(
            "suites.performance names the service lb, which does not run", folder.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.Run));
    }

    private static Verdict Of(Engine.Runs.SuiteResult suite, string check) =>
        suite.Checks.Single(one => one.Id == check).Verdict;
}
