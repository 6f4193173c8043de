using System.Diagnostics;
using Seatrial.Engine;
using Seatrial.Engine.Checks;
using Seatrial.Testing;

namespace Seatrial.Trials.Tests;

/// <summary>The program itself, ended in the middle of a trial.</summary>
[Collection(OneTrialAtATime.Name)]
[Trait("Needs", "Docker")]
public sealed class InterruptionTests
{
    /// <summary>A line that comes only while records are on their way.</summary>
    private const string UnderWay = "/s";

    [Fact]
    public async Task Interrupted_it_reports_how_far_it_came_and_leaves_nothing()
    {
        using var folder = new TrialFolder();
        using var program = StartTrial(folder, "interrupted");
        var run = await ReadUntilUnderWayAsync(program);

        Signal(program, "INT");
        await EndAsync(program);

        Assert.Equal((int)ExitCode.Interrupted, program.ExitCode);
        var result = await folder.ResultAsync();
        Assert.Empty(result.Suites.SelectMany(suite => suite.Checks).Where(check => check.Verdict == Verdict.Fail)
            .Select(check => check.Summary));
        Assert.Equal(Verdict.Unknown, result.Verdict);
        Assert.Equal("it was interrupted", result.StoppedBecause);
        Assert.Equal(run, result.RunId);
        Assert.Empty(await EngineObjects.OfRunAsync(run));
    }

    [Fact]
    public async Task Killed_it_leaves_its_containers_to_the_next_command()
    {
        // Which sweeps when it is first asked for: not what this test leaves.
        await TestEngine.DriverAsync();
        using var folder = new TrialFolder();
        using var program = StartTrial(folder, "killed");
        var run = await ReadUntilUnderWayAsync(program);

        program.Kill();
        await EndAsync(program);

        Assert.NotEmpty(await EngineObjects.OfRunAsync(run));
        Assert.Equal(0, await folder.SeatrialAsync("build", "--why", TrialFolder.Rpa));
        Assert.Empty(await EngineObjects.OfRunAsync(run));
        Assert.Contains($"of {run}", folder.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Killed_at_any_moment_it_leaves_nothing_that_the_next_command_does_not_remove()
    {
        const int Moments = 20;
        const int AtOnce = 4;
        await TestEngine.DriverAsync();
        var random = new Random(20);
        var moments = Enumerable.Range(0, Moments).Select(_ => TimeSpan.FromSeconds(random.NextDouble() * 8));
        var runs = new List<string>();
        foreach (var batch in moments.Chunk(AtOnce))
        {
            runs.AddRange(await Task.WhenAll(batch.Select(KillAfterAsync)));
        }

        // What a killed program had asked the engine for may come into being after the sweep has looked.
        Assert.Equal(Moments, runs.Distinct().Count());
        using var folder = new TrialFolder();
        var left = runs;
        for (var sweep = 0; sweep < 3 && left.Count > 0; sweep++)
        {
            Assert.Equal(0, await folder.SeatrialAsync("build", "--why", TrialFolder.Rpa));
            var there = await Task.WhenAll(left.Select(EngineObjects.OfRunAsync));
            left = [.. left.Where((_, index) => there[index].Count > 0)];
        }

        Assert.Empty(left);
    }

    /// <summary>Returns the run's id; the moment is counted from when it is known.</summary>
    private static async Task<string> KillAfterAsync(TimeSpan moment)
    {
        using var folder = new TrialFolder();
        using var program = StartTrial(folder, "moment");
        var errors = program.StandardError.ReadToEndAsync();
        var told = await program.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) ?? await errors;
        var rest = program.StandardOutput.ReadToEndAsync();
        await Task.Delay(moment, TimeProvider.System, TestContext.Current.CancellationToken);
        program.Kill();
        await program.WaitForExitAsync(TestContext.Current.CancellationToken);
        await Task.WhenAll(errors, rest);
        return told[(told.LastIndexOf(' ') + 1)..];
    }

    // Who runs the tests in the background of a script has it ignore Ctrl-C, and a program keeps to what it inherits.
    private static Process StartTrial(TrialFolder folder, string name) => Programs.Start(
        folder.Path,
        "env", "--default-signal=INT", Repository.PathOf("artifacts/bin/Seatrial.Cli/release/seatrial"),
        "trial", new SampleSystem(name).WriteTo(folder), "--out", folder.Run);

    /// <summary>Returns the run's id once records are on their way.</summary>
    private static async Task<string> ReadUntilUnderWayAsync(Process program)
    {
        var run = "";
        while (await program.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.Contains(", run ", StringComparison.Ordinal))
            {
                run = line[(line.LastIndexOf(' ') + 1)..];
            }

            if (line.EndsWith(UnderWay, StringComparison.Ordinal)
                && !line.Contains("rpa1 0/", StringComparison.Ordinal))
            {
                return run;
            }
        }

        throw new InvalidOperationException(
            "The trial ended too early: " + await program.StandardError.ReadToEndAsync());
    }

    /// <summary>What it still says must be read, or it waits for ever to say it.</summary>
    private static async Task EndAsync(Process program)
    {
        await Task.WhenAll(program.StandardOutput.ReadToEndAsync(), program.StandardError.ReadToEndAsync());
        await program.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    private static void Signal(Process program, string signal)
    {
        using var kill = Programs.Start("/", "kill", $"-{signal}", $"{program.Id}");
        kill.WaitForExit();
    }
}
