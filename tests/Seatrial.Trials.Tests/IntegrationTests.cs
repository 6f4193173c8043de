using Seatrial.Engine;
using Seatrial.Engine.Checks;

namespace Seatrial.Trials.Tests;

/// <summary>The whole picture: records from HTTP through the balancer and all flows, and who watches.</summary>
[Collection(OneTrialAtATime.Name)]
[Trait("Needs", "Docker")]
[Trait("Needs", QuietLast.Quiet)]
public sealed class IntegrationTests
{
    private static readonly TimeSpan _mostOfItsSteps = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Records_go_from_HTTP_to_their_published_results_and_everybody_saw_the_same()
    {
        using var folder = new TrialFolder();

        var exit = await folder.SeatrialAsync(
            "trial", TrialFolder.Rpa, "--suite", "integration", "--out", folder.Run);

        Assert.True(exit == (int)ExitCode.Pass, folder.Output);
        var result = await folder.ResultAsync();
        var suite = result.Suites[0];
        Assert.Superset(
            new HashSet<string> { "entrance", "followed", "published", "traces", "metrics", "alerts", "lost" },
            suite.Checks.Select(check => check.Id).ToHashSet());
        Assert.Equal(
            [(61, 60, 1), (60, 60, 0), (60, 60, 0)],
            suite.Queues.Select(queue => ((int)queue.Enqueued, (int)queue.Done, (int)queue.Dead)));
        Assert.Contains("--suite integration", result.Command, StringComparison.Ordinal);
        var steps = result.Steps.Where(step => step.Name is not "images").Sum(step => step.Duration.TotalSeconds);
        Assert.True(steps < _mostOfItsSteps.TotalSeconds, $"It took {steps:F1} s without the images.");
        Assert.Empty(await EngineObjects.OfRunAsync(result.RunId));

        var report = await File.ReadAllTextAsync(
            Path.Combine(folder.Run, "report.json"), TestContext.Current.CancellationToken);
        Assert.Equal(0, await folder.SeatrialAsync("verify", folder.Run));
        Assert.Equal(report, await File.ReadAllTextAsync(
            Path.Combine(folder.Run, "report.json"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_Prometheus_that_is_dead_leaves_its_check_unknown_and_no_alert_is_a_failure()
    {
        using var folder = new TrialFolder();
        await WholeSystem.BuildAsync();
        var system = new SampleSystem("integrationdead")
            .Replace("    image: seatrial/prometheus\n    healthcheck: *probe\n",
                "    image: seatrial/prometheus\n    command: [sleep, infinity]\n")
            .WriteTo(folder);

        var exit = await folder.SeatrialAsync(
            "trial", system, "--suite", "integration", "--records", "12", "--out", folder.Run);

        Assert.True(exit == (int)ExitCode.Fail, folder.Output);
        Assert.Equal(Verdict.Unknown, (await folder.CheckAsync("metrics")).Verdict);
        Assert.Equal(Verdict.Fail, (await folder.CheckAsync("alerts")).Verdict);
        Assert.Equal(Verdict.Pass, (await folder.CheckAsync("followed")).Verdict);
    }

    [Fact]
    public async Task A_system_that_does_not_speak_of_it_is_told_so_before_anything_starts()
    {
        using var folder = new TrialFolder();
        var system = new SampleSystem("integrationnone").Suites("suites: {}").WriteTo(folder);

        var exit = await folder.SeatrialAsync(
            "trial", system, "--suite", "integration", "--out", folder.Run);

        Assert.Equal((int)ExitCode.Usage, exit);
        Assert.Contains(
            "does not say how records get into the system over HTTP", folder.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.Run));
    }
}
