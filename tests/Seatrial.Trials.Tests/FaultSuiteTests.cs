using Seatrial.Engine;
using Seatrial.Engine.Checks;
using Seatrial.Engine.Recovery;
using Seatrial.Engine.Runs;

namespace Seatrial.Trials.Tests;

/// <summary>The fault suite over a few quick kinds, on the sample system.</summary>
[Collection(OneTrialAtATime.Name)]
[Trait("Needs", "Docker")]
[Trait("Needs", QuietLast.Quiet)]
public sealed class FaultSuiteTests
{
    [Fact]
    public async Task Each_kind_has_its_turn_its_measures_and_leaves_nothing_and_verify_says_the_same()
    {
        using var folder = new TrialFolder();
        var before = await HostTraces.ReadAsync("faultsuite");
        var system = new SampleSystem("faultsuite").Suites(
            """
            suites:
              faults:
                hold: 1s
                only: [kill, pause-past-lease, partition, terminate-sessions, disk-full-data]
                budgets:
                  {ttr: 60s, drain: 60s, reclaim: lease + 60s, waste: 50%, lock_held: 60s, partition: {ttd: 60s}}
            """).WriteTo(folder);

        var exit = await folder.SeatrialAsync("trial", system, "--suite", "faults", "--out", folder.Run);

        var result = await folder.ResultAsync();
        var suite = result.Suites[0];
        Assert.True(exit == (int)ExitCode.Pass, folder.Output);
        Assert.Equal("faults", suite.Name);
        Assert.Equal(
            ["kill", "pause-past-lease", "pause-past-lease", "partition", "terminate-sessions"],
            suite.Faults.Select(fault => fault.Name));
        Assert.All(suite.Faults, fault => Assert.True(fault.Proven, fault.Failure));
        Assert.Equal(["disk-full-data"], suite.MissingFaults.Select(missing => missing.Name));
        Assert.True(
            Enumerable.Range(0, 3).Max(turn => Figure(suite, turn, Measure.Reclaim).Value) > 5,
            "None was taken over, or before its lease was over.");
        Assert.NotNull(Figure(suite, 3, Measure.Detect).Value);
        Assert.NotNull(Figure(suite, 0, Measure.LockHeld).Value);
        Assert.NotNull(Figure(suite, 3, Measure.Processor).Value);
        Assert.Contains("--suite faults", result.Command, StringComparison.Ordinal);
        Assert.Empty(await EngineObjects.OfRunAsync(result.RunId));
        Assert.Equal(before, await HostTraces.ReadAsync("faultsuite"));

        var report = await File.ReadAllTextAsync(
            Path.Combine(folder.Run, "report.json"), TestContext.Current.CancellationToken);
        Assert.Equal(0, await folder.SeatrialAsync("verify", folder.Run));
        Assert.Equal(report, await File.ReadAllTextAsync(
            Path.Combine(folder.Run, "report.json"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_budget_that_can_not_be_held_fails_with_its_figure()
    {
        using var folder = new TrialFolder();
        var system = new SampleSystem("faultbudget").Suites(
            """
            suites:
              faults:
                hold: 2s
                only: [partition]
                budgets: {ttd: 60s, ttr: 60s, drain: 1ms, waste: 50%}
            """).WriteTo(folder);

        var exit = await folder.SeatrialAsync("trial", system, "--suite", "faults", "--seed", "2", "--out", folder.Run);

        Assert.True(exit == (int)ExitCode.Fail, folder.Output);
        var check = await folder.CheckAsync("drain");
        Assert.Equal((Verdict.Fail, 1L), (check.Verdict, check.Count));
        Assert.Matches(@"^It was \d+\.\d\d s with a budget of 0\.001 s", check.Findings[0].Story);
    }

    [Fact]
    public async Task Ctrl_C_heals_and_the_report_says_how_far_it_came()
    {
        using var folder = new TrialFolder();
        using var interruption = new CancellationTokenSource();
        var before = await HostTraces.ReadAsync("faultstop");
        var system = new SampleSystem("faultstop").Suites(
            "suites: {faults: {hold: 5m, only: [partition, kill]}}").WriteTo(folder);

        var trial = folder.SeatrialAsync(
            interruption.Token, "trial", system, "--suite", "faults", "--out", folder.Run);
        while (!trial.IsCompleted && !folder.Output.Contains(": confirmed", StringComparison.Ordinal))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        await interruption.CancelAsync();

        Assert.True(await trial == (int)ExitCode.Interrupted, folder.Output);
        var result = await folder.ResultAsync();
        Assert.Matches("after [01] of 2 faults", result.StoppedBecause);
        Assert.NotNull(result.Suites[0].Faults[0].HealedAt);
        Assert.Empty(await EngineObjects.OfRunAsync(result.RunId));
        Assert.Equal(before, await HostTraces.ReadAsync("faultstop"));
    }

    private static Figure Figure(SuiteResult suite, int fault, Measure measure) =>
        suite.Recovery[fault].Figures.Single(figure => figure.Measure == measure);
}
