using System.Globalization;
using Seatrial.Cli.Systems;
using Seatrial.Cli.Trends;
using Seatrial.Cli.Trials;
using Seatrial.Engine;
using Seatrial.Engine.Chaos;
using Seatrial.Engine.Chaos.Shrinking;
using Seatrial.Engine.Checks;
using Seatrial.Engine.Images;
using Seatrial.Engine.Plans;
using Seatrial.Engine.Runs;
using Seatrial.Reports;
using Seatrial.Suites;
using Seatrial.Suites.Chaos;
using Seatrial.Suites.Distributed;

namespace Seatrial.Cli.Chaos;

/// <summary>One run of chaos from its schedule to its report and, where it failed, to the smallest schedule that
/// fails.</summary>
internal sealed class ChaosSession(TimeProvider clock, ChaosTools tools, SystemFiles files, ChaosOptions options)
{
    private readonly StepClock _steps = new(clock, tools.View);
    private readonly DateTimeOffset _startedAt = clock.GetUtcNow();
    private readonly long _began = clock.GetTimestamp();

    /// <summary>Runs it. What stops it before its end, an interruption too, is in the report.</summary>
    public async Task<ChaosReport> RunAsync(
        DrawnSchedule drawn, string runId, string directory, CancellationToken cancellationToken)
    {
        var folder = RunFolder.Create(options.Out, directory, runId);
        IReadOnlyList<Problem> problems = [];
        RunResult result;
        try
        {
            await File.WriteAllTextAsync(
                Path.Combine(folder.Path, "schedule.yaml"),
                ScheduleText.Of(drawn.Schedule, drawn.Comments),
                cancellationToken);
            var system = await SystemAsync(folder, runId, drawn.Schedule, cancellationToken);
            var suite = new ChaosSuite(system, clock, tools.View);
            var outcome = await _steps.RunAsync(
                "chaos",
                () => suite.RunAsync(drawn.Schedule, cancellationToken),
                ended => $"{ended.Rounds.Count} of {drawn.Schedule.Rounds.Count} rounds");
            await RecordAsync(drawn.Schedule, outcome, system, cancellationToken.IsCancellationRequested);
            var smallest = await ShrinkAsync(suite, drawn.Schedule, outcome, folder, cancellationToken);
            result = await TestValidator.GenerateTestReportAsync(folder, CancellationToken.None);
            return await ReportAsync(result, folder, directory, smallest, []);
        }
        catch (SeatrialException failure)
        {
            (result, problems) = (Stopped(
                drawn.Schedule, runId, failure.ExitCode, failure.Problems[0].What), failure.Problems);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            result = Stopped(
                drawn.Schedule, runId, ExitCode.Interrupted,
                $"{TrialOutcome.Interrupted} during {_steps.Current ?? "its end"}");
        }

        return await ReportAsync(result, folder, directory, [], problems);
    }

    private async Task<ChaosSystem> SystemAsync(
        RunFolder folder, string runId, ChaosSchedule schedule, CancellationToken cancellationToken)
    {
        var images = await _steps.RunAsync(
            "images",
            () => new ImageBuilder(tools.Driver, clock).EnsureAsync(
                files.Project, files.Spec.Images, new ImageNotes(tools.View), cancellationToken),
            ImageNotes.Sum);
        return new ChaosSystem
        {
            Project = files.Project,
            Spec = files.Spec,
            Driver = tools.Driver,
            Abilities = tools.Abilities,
            Images = images.Services,
            Request = new TrialRequest { Seed = schedule.Seed, RunId = runId, Keep = options.Keep },
            Folder = folder,
            Command = options.Command,
        };
    }

    private async Task<IReadOnlyList<string>> ShrinkAsync(
        ChaosSuite suite,
        ChaosSchedule schedule,
        ChaosOutcome outcome,
        RunFolder folder,
        CancellationToken cancellationToken)
    {
        if (outcome.Failed is null || options.ShrinkWithin == TimeSpan.Zero
            || cancellationToken.IsCancellationRequested)
        {
            return [];
        }

        var shrunk = await _steps.RunAsync(
            "shrink",
            () => suite.ShrinkAsync(
                schedule, outcome, new ShrinkOptions { Within = options.ShrinkWithin }, cancellationToken),
            ended => string.Create(
                CultureInfo.InvariantCulture,
                $"{ended.Smallest.Events.Count()} faults are left, after {ended.Runs} runs of {ended.Candidates} candidates"));
        var file = Path.Combine(folder.Path, "smallest.yaml");
        var command = $"./seatrial chaos {options.System} --replay {file}";
        string[] lines =
        [
            $"Fails in {shrunk.Rate}.",
            .. shrunk.StoppedBecause is { } reason
                ? [$"Not known to be the smallest: {reason}."] : Array.Empty<string>(),
            $"Repeated by: {command}",
        ];
        await File.WriteAllTextAsync(file, ScheduleText.Of(shrunk.Smallest, lines), CancellationToken.None);
        return
        [
            "",
            $"The smallest schedule that fails has {shrunk.Smallest.Events.Count()} of {schedule.Events.Count()} faults: "
                + string.Join(", then ", shrunk.Smallest.Events.Select(
                    one => $"{one.Fault.Kind} {one.Fault.Target}")) + ".",
            .. lines,
        ];
    }

    private async Task RecordAsync(
        ChaosSchedule schedule, ChaosOutcome outcome, ChaosSystem system, bool isInterrupted)
    {
        var duration = clock.GetElapsedTime(_began);
        var stopped = outcome.Rounds.Select(round => round.StoppedBecause).FirstOrDefault(why => why is not null)
            ?? (isInterrupted ? TrialOutcome.Interrupted : null);
        await new RunRecord
        {
            RunId = system.Request.RunId,
            System = files.Project.Name,
            Command = options.Command,
            Suite = ContainerTestSuite.Chaos,
            Seed = schedule.Seed,
            Records = 0,
            StartedAt = _startedAt,
            SuiteDuration = duration,
            Duration = duration,
            StoppedBecause = stopped,
            Interrupted = isInterrupted,
            Faults = [],
            Casualties = [],
            Containers = outcome.Containers,
            Steps = _steps.Steps,
            Images = [.. system.Images.Values],
            Environment = await RunSurroundings.DescribeAsync(tools.Driver, CancellationToken.None),
        }.WriteAsync(system.Folder, CancellationToken.None);
    }

    private static async Task<ChaosReport> ReportAsync(
        RunResult result,
        RunFolder folder,
        string directory,
        IReadOnlyList<string> smallest,
        IReadOnlyList<Problem> problems) => new(
            result,
            await ReportSet.WriteAsync(result, folder.Path, CancellationToken.None),
            smallest,
            [.. problems, .. RunKeeping.Keep(result, new RunKind(ContainerTestSuite.Chaos, 0, ""), folder, directory)]);

    /// <summary>The result of a run that ended before there was anything to judge.</summary>
    private RunResult Stopped(ChaosSchedule schedule, string runId, ExitCode exitCode, string reason) => new()
    {
        Verdict = Verdict.Unknown,
        ExitCode = (int)exitCode,
        RunId = runId,
        System = files.Project.Name,
        Command = options.Command,
        Seed = schedule.Seed,
        StartedAt = _startedAt,
        Duration = clock.GetElapsedTime(_began),
        StoppedBecause = reason,
        Suites = [],
        Steps = _steps.Steps,
    };
}
