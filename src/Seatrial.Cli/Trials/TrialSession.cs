using Seatrial.Cli.Systems;
using Seatrial.Engine;
using Seatrial.Engine.Checks;
using Seatrial.Engine.Drivers;
using Seatrial.Engine.Images;
using Seatrial.Engine.Plans;
using Seatrial.Engine.Runs;
using Seatrial.Engine.Workloads;
using Seatrial.Reports;
using Seatrial.Suites;
using Seatrial.Suites.Distributed;

namespace Seatrial.Cli.Trials;

/// <summary>One trial from its files to its report, whatever comes between.</summary>
internal sealed class TrialSession(
    TimeProvider clock, IContainerDriver driver, SystemFiles files, TrialOptions options, IProgress<TrialProgress> view)
{
    private readonly StepClock _steps = new(clock, view);
    private readonly DateTimeOffset _startedAt = clock.GetUtcNow();
    private readonly long _began = clock.GetTimestamp();

    /// <summary>Runs it. What stops it before its end, an interruption too, is in the report.</summary>
    public async Task<TrialReport> RunAsync(string runId, string directory, CancellationToken cancellationToken)
    {
        if (options is { Suite: ContainerTestSuite.Faults, Records: not null })
        {
            throw new SeatrialException(
                ExitCode.Usage,
                "The fault suite puts in records for as long as its faults take.",
                "--records",
                "Leave it out; suites.faults.rate in seatrial.yaml says how many come in a second.");
        }

        var plan = TrialPlanner.Plan(
            files.Project,
            files.Spec,
            new RecordSource(files.Spec.Workload).CountRows(),
            new TrialRequest { Records = options.Records, Seed = options.Seed, RunId = runId, Keep = options.Keep });
        var folder = RunFolder.Create(options.Out, directory, runId);
        try
        {
            await TryAsync(plan, folder, cancellationToken);

            // The verdict on what there is, even when the user has had enough.
            return await ReportAsync(
                await TestValidator.GenerateTestReportAsync(folder, CancellationToken.None), folder, []);
        }
        catch (SeatrialException failure)
        {
            return await ReportAsync(
                Stopped(runId, failure.ExitCode, failure.Problems[0].What), folder, failure.Problems);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return await ReportAsync(
                Stopped(runId, ExitCode.Interrupted,
                    $"{TrialOutcome.Interrupted} during {_steps.Current ?? "its end"}"), folder, []);
        }
    }

    private async Task TryAsync(TrialPlan plan, RunFolder folder, CancellationToken cancellationToken)
    {
        var framework = new AutomatedTestFramework(driver, clock, view);
        var images = await _steps.RunAsync(
            "images",
            () => new ImageBuilder(
                driver, clock).EnsureAsync(files.Project, files.Spec.Images, new ImageNotes(view), cancellationToken),
            ImageNotes.Sum);
        var environment = await _steps.RunAsync(
            "start",
            () => framework.SetupTestEnvironmentAsync(plan, images.Services, folder, cancellationToken),
            up => $"{up.Containers.Containers.Count} containers healthy, the log open");
        var trialBegan = clock.GetTimestamp();
        TrialOutcome outcome;
        IReadOnlyList<ContainerRecord> containers;
        TimeSpan trialDuration;
        try
        {
            outcome = await _steps.RunAsync(
                "trial",
                () => framework.RunTestSuiteAsync(environment, options.Suite, cancellationToken),
                ended => ended.StoppedBecause ?? (options.Suite is ContainerTestSuite.Faults
                    ? Figures.Count(ended.Faults.Count, "fault") : Figures.Count(plan.Records, "record")));
        }
        finally
        {
            trialDuration = clock.GetElapsedTime(trialBegan);
            containers = await _steps.RunAsync(
                "stop",
                () => framework.CleanupTestEnvironmentAsync(environment),
                _ => plan.Request.Keep ? $"kept: project {environment.Containers.Plan.Project}" : "everything removed");
        }

        await RecordAsync(plan, outcome, containers, images, trialDuration, folder);
    }

    /// <summary>Writes down what the verdict needs beside the history.</summary>
    private async Task RecordAsync(
        TrialPlan plan,
        TrialOutcome outcome,
        IReadOnlyList<ContainerRecord> containers,
        ImageOutcome images,
        TimeSpan trialDuration,
        RunFolder folder)
    {
        var facts = new TrialFacts
        {
            Drain = outcome.Drain,
            LoadStartedAt = outcome.LoadStartedAt,
            HasClientLog = true,
            // Whoever was broken had less time than the others.
            LeastShare = options.Suite is ContainerTestSuite.Faults ? 0 : plan.Spec.Distributed.LeastShare,
            Workers = outcome.Workers,
        };
        await facts.SaveAsync(folder.Path, CancellationToken.None);
        var record = new RunRecord
        {
            RunId = plan.Request.RunId,
            System = plan.Project.Name,
            Command = options.Command,
            Suite = options.Suite,
            Seed = options.Seed,
            Records = plan.Records,
            StartedAt = _startedAt,
            SuiteDuration = trialDuration,
            Duration = clock.GetElapsedTime(_began),
            StoppedBecause = outcome.StoppedBecause,
            Interrupted = outcome.Drain is DrainOutcome.Interrupted,
            Faults = outcome.Faults,
            MissingFaults = outcome.MissingFaults,
            Budgets = options.Suite is ContainerTestSuite.Faults ? plan.Spec.Faults.Budgets : [],
            LoadRate = options.Suite is ContainerTestSuite.Faults ? plan.Spec.Faults.Rate : null,
            DeadClients = outcome.DeadClients,
            Processors = outcome.Processors,
            Casualties = outcome.Casualties,
            Containers = containers,
            Steps = _steps.Steps,
            Images = [.. images.Services.Values],
            Environment = await RunSurroundings.DescribeAsync(driver, CancellationToken.None),
        };
        await record.WriteAsync(folder, CancellationToken.None);
    }

    private static async Task<TrialReport> ReportAsync(
        RunResult result, RunFolder folder, IReadOnlyList<Problem> problems) =>
        new(result, await ReportSet.WriteAsync(result, folder.Path, CancellationToken.None), problems);

    /// <summary>The result of a run that ended before there was anything to judge.</summary>
    private RunResult Stopped(string runId, ExitCode exitCode, string reason) => new()
    {
        Verdict = Verdict.Unknown,
        ExitCode = (int)exitCode,
        RunId = runId,
        System = files.Project.Name,
        Command = options.Command,
        Seed = options.Seed,
        StartedAt = _startedAt,
        Duration = clock.GetElapsedTime(_began),
        StoppedBecause = reason,
        Suites = [],
        Steps = _steps.Steps,
    };
}
