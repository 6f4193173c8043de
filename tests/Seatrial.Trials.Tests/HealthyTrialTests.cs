using Seatrial.Engine;
using Seatrial.Engine.Checks;
using Seatrial.Engine.Runs;
using Seatrial.Testing;

namespace Seatrial.Trials.Tests;

/// <summary>The README's trial, once for all tests of it: every answer of the survey, both faults, through the
/// launcher.</summary>
public sealed class HealthyTrial : IAsyncLifetime
{
    public TrialFolder Folder { get; } = new();

    public int Exit { get; private set; }

    public string Output { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        var command = ReadmeCommands.All.First(line => line.Contains(" trial ", StringComparison.Ordinal));
        (Exit, Output) = await Programs.RunAsync(Repository.Root, "bash", "-c", $"{command} --out {Folder.Run} 2>&1");
    }

    public ValueTask DisposeAsync()
    {
        Folder.Dispose();
        return ValueTask.CompletedTask;
    }
}

[Collection(OneTrialAtATime.Name)]
[Trait("Needs", "Docker")]
[Trait("Needs", QuietLast.Quiet)]
public sealed class HealthyTrialTests(HealthyTrial trial) : IClassFixture<HealthyTrial>
{
    private const long Answers = 21_483;

    [Fact]
    public void It_passes_and_says_so()
    {
        Assert.True(trial.Exit == (int)ExitCode.Pass, trial.Output);
        Assert.Contains("PASS  64,449 records in 3 queues, each processed exactly once, through 2 faults.",
            trial.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_answer_ends_in_one_effect_of_each_flow()
    {
        var queues = (await trial.Folder.ResultAsync()).Suites[0].Queues;

        Assert.Equal(["rpa1", "rpa2", "rpa3"], queues.Select(queue => queue.Queue));
        Assert.All(queues, queue =>
            Assert.Equal((Answers, Answers, 0, Answers), (queue.Enqueued, queue.Done, queue.Dead, queue.Effects)));
    }

    [Fact]
    public async Task Both_faults_took_effect_and_were_healed_and_who_was_frozen_held_records()
    {
        var faults = (await trial.Folder.ResultAsync()).Suites[0].Faults;

        Assert.Equal(["kill", "pause-past-lease"], faults.Select(fault => fault.Name));
        Assert.All(faults, fault => Assert.True(fault.Proven, fault.Failure));

        // Who is killed held some when the log was looked at; a completion on its way may have come before the kill.
        Assert.DoesNotContain("held 0 records", string.Join(' ', faults[1].Evidence), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_frozen_workers_records_were_taken_from_it()
    {
        var queues = (await trial.Folder.ResultAsync()).Suites[0].Queues;

        Assert.True(queues[1].Expiries > 0, $"rpa2 had {queues[1].Expiries} expiries.");
    }

    [Fact]
    public async Task Both_workers_of_a_service_did_their_share()
    {
        var workers =
            (await trial.Folder.ResultAsync()).Suites[0].Workers.Where(worker => worker.Queue == "rpa1").ToList();

        Assert.True(workers.Count(worker => worker.Done > 0) >= 2, "One worker did all of it.");
        Assert.Equal(Answers, workers.Sum(worker => worker.Done));
    }

    [Fact]
    public async Task It_leaves_nothing_on_the_engine()
    {
        var run = (await trial.Folder.ResultAsync()).RunId;

        Assert.Empty(await EngineObjects.OfRunAsync(run));
    }

    [Theory]
    [InlineData("report.html")]
    [InlineData("report.json")]
    [InlineData("junit.xml")]
    [InlineData("summary.md")]
    public void It_leaves_a_report_of_each_form(string name) =>
        Assert.True(File.Exists(Path.Combine(trial.Folder.Run, name)));

    [Fact]
    public async Task Verify_gives_the_same_report_from_the_kept_evidence_byte_for_byte()
    {
        var before = await File.ReadAllTextAsync(
            Path.Combine(trial.Folder.Run, "report.json"), TestContext.Current.CancellationToken);

        Assert.Equal((int)ExitCode.Pass, await trial.Folder.SeatrialAsync("verify", trial.Folder.Run));

        var after = await File.ReadAllTextAsync(
            Path.Combine(trial.Folder.Run, "report.json"), TestContext.Current.CancellationToken);
        Assert.Equal(before, after);
    }

    [Fact]
    public async Task It_is_in_the_run_store_with_its_figures()
    {
        var result = await trial.Folder.ResultAsync();
        using var store = RunStore.Open(Repository.Root);
        var run = store.Find(result.RunId);

        Assert.Equal((Verdict.Pass, "distributed", (int)Answers), (run.Verdict, run.Suite, run.Records));
        Assert.Equal(0, run.Metrics.Single(metric => metric.Name == "errors").Value);
        Assert.All(["throughput", "latency.p99", "latency.p50{stage:rpa3}"], name =>
            Assert.True(run.Metrics.Single(metric => metric.Name == name).Value > 0, name));
        Assert.Equal(
            [Answers, Answers, Answers],
            store.Measurements(run).Stages.Select(stage => stage.Seconds.Sum(second => second.Count)));
    }

    [Fact]
    public async Task Evidence_with_a_torn_tail_is_never_a_pass()
    {
        using var copy = new TrialFolder();
        CopyRun(trial.Folder.Run, copy.Run);
        var history = Path.Combine(copy.Run, "history.jsonl.gz");
        await using (var file = File.OpenWrite(history))
        {
            file.SetLength(file.Length * 9 / 10);
        }

        Assert.Equal((int)ExitCode.Unknown, await copy.SeatrialAsync("verify", copy.Run));
        Assert.Equal(Verdict.Unknown, (await copy.ResultAsync()).Verdict);
    }

    private static void CopyRun(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }
    }
}
