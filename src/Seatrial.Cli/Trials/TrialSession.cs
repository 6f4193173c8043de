using Seatrial.Cli.Systems;
using Seatrial.Cli.Trends;
using Seatrial.Engine;
using Seatrial.Engine.Checks;
using Seatrial.Engine.Drivers;
using Seatrial.Engine.Images;
using Seatrial.Engine.Measurements;
using Seatrial.Engine.Plans;
using Seatrial.Engine.Runs;
using Seatrial.Engine.Specs;
using Seatrial.Engine.Thresholds;
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
    private string _load = "";

    /// <summary>Runs it. What stops it before its end, an interruption too, is in the report.</summary>
    public async Task<TrialReport> RunAsync(string runId, string directory, CancellationToken cancellationToken)
    {
        if (options is { Suite: ContainerTestSuite.Faults or ContainerTestSuite.Performance, Records: not null })
        {
            throw new SeatrialException(
                ExitCode.Usage,
                options.Suite is ContainerTestSuite.Faults
                    ? "The fault suite puts in records for as long as its faults take."
                    : "The performance suite puts in what its load plans.",
                "--records",
                options.Suite is ContainerTestSuite.Faults
                    ? "Leave it out; suites.faults.rate in seatrial.yaml says how many come in a second."
                    : "Leave it out; suites.performance.load in seatrial.yaml says how many come in a second.");
        }

        var plan = TrialPlanner.Plan(
            files.Project,
            files.Spec,
            new RecordSource(files.Spec.Workload, options.Seed).CountRows(),
            new TrialRequest { Records = Records(), Seed = options.Seed, RunId = runId, Keep = options.Keep });
        SuitePlans.Check(plan, options.Suite);
        _load = SuiteLoads.Fingerprint(plan, options.Suite);
        var folder = RunFolder.Create(options.Out, directory, runId);
        try
        {
            var problems = await TryAsync(plan, folder, directory, cancellationToken);

            // The verdict on what there is, even when the user has had enough.
            return await ReportAsync(
                await TestValidator.GenerateTestReportAsync(folder, CancellationToken.None),
                plan, folder, directory, problems);
        }
        catch (SeatrialException failure)
        {
            return await ReportAsync(
                Stopped(runId, failure.ExitCode, failure.Problems[0].What), plan, folder, directory, failure.Problems);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return await ReportAsync(
                Stopped(runId, ExitCode.Interrupted,
                    $"{TrialOutcome.Interrupted} during {_steps.Current ?? "its end"}"),
                plan, folder, directory, []);
        }
    }

    private int? Records() => options.Records
        ?? (options.Suite is ContainerTestSuite.Integration ? files.Spec.Integration?.Records : null);

    private async Task<IReadOnlyList<Problem>> TryAsync(
        TrialPlan plan, RunFolder folder, string directory, CancellationToken cancellationToken)
    {
        var framework = new AutomatedTestFramework(driver, clock, view);
        var images = await _steps.RunAsync(
            "images",
            () => new ImageBuilder(
                driver, clock).EnsureAsync(files.Project, files.Spec.Images, new ImageNotes(view), cancellationToken),
            ImageNotes.Sum);
        images = images with { Services = WithInstead(images.Services) };
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
                ended => ended.StoppedBecause ?? options.Suite switch
                {
                    ContainerTestSuite.Faults => Figures.Count(ended.Faults.Count, "fault"),
                    ContainerTestSuite.Performance => Figures.Count(ended.Phases.Count, "phase"),
                    _ => Figures.Count(plan.Records, "record"),
                });
        }
        finally
        {
            trialDuration = clock.GetElapsedTime(trialBegan);
            containers = await _steps.RunAsync(
                "stop",
                () => framework.CleanupTestEnvironmentAsync(environment),
                _ => plan.Request.Keep ? $"kept: project {environment.Containers.Plan.Project}" : "everything removed");
        }

        await SaveFactsAsync(plan, outcome, folder);
        var record = await RecordOfAsync(plan, outcome, containers, images, trialDuration);
        var (baseline, problems) = record.Thresholds.Any(IsOnRegression)
            ? RunKeeping.Before(TestValidator.Unjudged(record), record.Kind, folder, directory)
            : (null, []);
        await (record with { Baseline = baseline }).WriteAsync(folder, CancellationToken.None);
        return problems;
    }

    private Dictionary<string, ImageUse> WithInstead(IReadOnlyDictionary<string, ImageUse> images) =>
        images.ToDictionary(image => image.Key, image => options.Instead.GetValueOrDefault(image.Key, image.Value));

    private static bool IsOnRegression(Threshold threshold) => threshold.Source is ThresholdSource.EarlierRuns;

    private IReadOnlyList<Threshold> ThresholdsOf(SystemSpec spec)
    {
        var asked = options.Suite switch
        {
            ContainerTestSuite.Distributed => spec.Distributed.Thresholds,
            ContainerTestSuite.Faults => spec.Faults.Thresholds,
            ContainerTestSuite.Performance => spec.Performance.Thresholds,
            _ => [],
        };
        return options.IsBaseline ? [.. asked.Where(threshold => !IsOnRegression(threshold))] : asked;
    }

    /// <summary>Writes down what the verdict needs beside the history.</summary>
    private Task SaveFactsAsync(TrialPlan plan, TrialOutcome outcome, RunFolder folder) => new TrialFacts
    {
        Drain = outcome.Drain,
        LoadStartedAt = outcome.LoadStartedAt,
        HasClientLog = true,

        // Whoever was broken had less time than the others, and of a few records one may take all.
        LeastShare = options.Suite is ContainerTestSuite.Distributed ? plan.Spec.Distributed.LeastShare : 0,
        Workers = outcome.Workers,
        Phases = outcome.Phases,
        ClockSkew = outcome.ClockSkew,
        ToBeGivenUp = outcome.ToBeGivenUp,
    }.SaveAsync(folder.Path, CancellationToken.None);

    private async Task<RunRecord> RecordOfAsync(
        TrialPlan plan,
        TrialOutcome outcome,
        IReadOnlyList<ContainerRecord> containers,
        ImageOutcome images,
        TimeSpan trialDuration) => new()
        {
            RunId = plan.Request.RunId,
            System = plan.Project.Name,
            Command = options.Command,
            Suite = options.Suite,
            Seed = options.Seed,
            Records = plan.Records,
            KeptAs = options.KeptAs,
            Load = _load,
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
            Thresholds = ThresholdsOf(plan.Spec),
            Capacity = outcome.Capacity,
            Entrance = outcome.Entrance,
            Casualties = outcome.Casualties,
            Containers = containers,
            Settings = WorkerSettings.Of(plan.Project),
            Steps = _steps.Steps,
            Images = [.. images.Services.Values],
            Environment = await RunSurroundings.DescribeAsync(driver, CancellationToken.None),
        };

    private RunKind KindOf(TrialPlan plan) =>
        new(options.KeptAs ?? options.Suite, plan.Records, _load);

    private async Task<TrialReport> ReportAsync(
        RunResult result, TrialPlan plan, RunFolder folder, string directory, IReadOnlyList<Problem> problems) =>
        new(
            result,
            await ReportSet.WriteAsync(result, folder.Path, CancellationToken.None),
            [.. problems, .. RunKeeping.Keep(result, KindOf(plan), folder, directory)]);

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
