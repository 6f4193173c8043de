using Seatrial.Engine;
using Seatrial.Engine.Checks;
using Seatrial.Testing;

namespace Seatrial.Trials.Tests;

/// <summary>Chaos on the sample system: a healthy one passes and is left as it was; a broken one is caught and
/// explained.</summary>
[Collection(OneTrialAtATime.Name)]
[Trait("Needs", "Docker")]
public sealed class ChaosTests(BrokenWorkers workers)
{
    /// <summary>Under which a worker's sessions are ended and later the same worker is frozen, early on.</summary>
    private const string TellingSeed = "75";

    [Fact]
    public async Task A_healthy_system_passes_and_is_left_without_a_trace()
    {
        using var folder = new TrialFolder();
        var before = await HostTraces.ReadAsync("rpa");

        var exit = await folder.SeatrialAsync(
            "chaos", TrialFolder.Rpa, "--seed", "1", "--for", "90s", "--out", folder.Run);

        Assert.True(exit == 0, folder.Output);
        var result = await folder.ResultAsync();
        Assert.Equal(3, result.Suites.Count);
        Assert.All(result.Suites, suite => Assert.All(suite.Faults, fault => Assert.True(fault.Proven, fault.Name)));
        Assert.Equal(before, await HostTraces.ReadAsync("rpa"));
        Assert.Empty(await EngineObjects.OfRunAsync(result.RunId));
        Assert.Equal(0, await folder.SeatrialAsync("verify", folder.Run));
    }

    [Fact]
    public async Task A_trigger_that_never_fires_makes_the_verdict_unknown_and_says_so()
    {
        using var folder = new TrialFolder();
        var schedule = folder.Write("schedule.yaml", """
            rate: 100
            rounds:
              - for: 3s
                faults:
                  - pause: {container: rpa2-1}
                    at: {dead: 1000, of: rpa1}
                    for: 1s
            """);

        var exit = await folder.SeatrialAsync(
            "chaos", new SampleSystem("chaos-never").WriteTo(folder), "--replay", schedule, "--out", folder.Run);

        Assert.True(exit == (int)ExitCode.Unknown, folder.Output);
        Assert.Contains("never fired", folder.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Interrupted_while_something_is_broken_it_heals_and_leaves_nothing()
    {
        using var folder = new TrialFolder();
        var before = await HostTraces.ReadAsync("chaos-interrupted");
        var schedule = folder.Write("schedule.yaml", """
            rate: 100
            rounds: [{for: 60s, faults: [{partition: {all_of: rpa1}, at: 1s, for: 50s}, {pause: rpa2, at: 1s, for: 50s}]}]
            """);
        using var program = Programs.Start(
            folder.Path,
            "env", "--default-signal=INT", Repository.PathOf("artifacts/bin/Seatrial.Cli/release/seatrial"),
            "chaos", new SampleSystem("chaos-interrupted").WriteTo(folder), "--replay", schedule, "--out", folder.Run);
        var errors = program.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await ReadUntilAsync(program, ": confirmed");
        await ReadUntilAsync(program, ": confirmed");

        using (var kill = Programs.Start("/", "kill", "-INT", $"{program.Id}"))
        {
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        var rest = await program.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)
            + await errors;
        await program.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(program.ExitCode == (int)ExitCode.Interrupted, rest);
        var result = await folder.ResultAsync();
        Assert.Equal(Verdict.Unknown, result.Verdict);
        Assert.All(result.Suites.SelectMany(suite => suite.Faults), fault => Assert.NotNull(fault.HealedAt));
        Assert.Empty(await EngineObjects.OfRunAsync(result.RunId));
        Assert.Equal(before, await HostTraces.ReadAsync("chaos-interrupted"));
    }

    /// <summary>Takes up to half an hour, so it runs when it is asked for.</summary>
    [Fact(Explicit = true)]
    public async Task A_bug_that_needs_two_faults_in_one_order_is_found_and_shrunk_to_them()
    {
        using var folder = new TrialFolder();
        var system = await workers.WriteSystemAsync(
            folder, BrokenWorkerCatalogue.All.Single(broken => broken.Bug == "careless-after-reconnect"));

        var exit = await folder.SeatrialAsync(
            "chaos", system, "--seed", TellingSeed, "--for", "15m", "--intensity", "high", "--out", folder.Run);

        Assert.True(exit == (int)ExitCode.Fail, folder.Output);
        var smallest = await File.ReadAllLinesAsync(
            Path.Combine(folder.Run, "smallest.yaml"), TestContext.Current.CancellationToken);
        TestContext.Current.TestOutputHelper?.WriteLine($"{folder.Output}\n{string.Join('\n', smallest)}");
        var result = await folder.ResultAsync();
        Assert.Contains(
            result.Suites[^1].Checks, check => check is { Id: "zombie" or "illegal", Verdict: Verdict.Fail });
        Assert.InRange(result.Suites.Sum(suite => suite.Faults.Count), 8, int.MaxValue);
        Assert.InRange(smallest.Count(line => line.Contains("- id:", StringComparison.Ordinal)), 2, 3);
        Assert.Contains(smallest, line => line.Contains("terminate-sessions", StringComparison.Ordinal));
    }

    private static async Task ReadUntilAsync(System.Diagnostics.Process program, string end)
    {
        while (await program.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.EndsWith(end, StringComparison.Ordinal))
            {
                return;
            }
        }

        Assert.Fail($"It ended before it said {end}.");
    }
}
