using Seatrial.Engine.Checks;
using Seatrial.Engine.Measurements;
using Seatrial.Engine.Recovery;
using Seatrial.Engine.Runs;
using Seatrial.Engine.Thresholds;
using Seatrial.Engine.Trends;
using Seatrial.Engine.Workloads;
using Seatrial.Suites.Chaos;
using Seatrial.Suites.Distributed;
using Seatrial.Suites.Integration;
using Seatrial.Suites.Performance;

namespace Seatrial.Suites;

/// <summary>Gives the verdict on a kept run: from its folder alone, and always the same.</summary>
public static class TestValidator
{
    /// <summary>What the log says of every record: lost, duplicated, invented, owned twice, written by a stale
    /// worker.</summary>
    public static Task<Judgement> ValidateNoDuplicateProcessingAsync(
        RunFolder folder, CancellationToken cancellationToken) =>
        Judge.VerifyAsync(folder.Path, cancellationToken);

    /// <summary>The whole result: the log's checks, and those on the trial itself.</summary>
    public static async Task<RunResult> GenerateTestReportAsync(RunFolder folder, CancellationToken cancellationToken)
    {
        var record = await RunRecord.ReadAsync(folder, cancellationToken);
        if (ChaosFolders.Rounds(folder) is { Count: > 0 } rounds)
        {
            return await AssembleAsync(record, rounds, cancellationToken);
        }

        var facts = await TrialFacts.LoadAsync(folder.Path, cancellationToken);
        var judgement = await Judge.JudgeAsync(folder.Path, facts, cancellationToken);
        var seen = record.Suite is ContainerTestSuite.Integration
            ? IntegrationChecks.Of(
                await IntegrationEvidence.LoadAsync(folder, cancellationToken), judgement.Queues).ToList()
            : [];
        return Assemble(record, facts, judgement, Measuring.Read(folder, record, facts, judgement), seen);
    }

    /// <summary>What is known of a run that was not judged yet: enough to find others like it.</summary>
    public static RunResult Unjudged(RunRecord record) => Result(record, []);

    /// <summary>Of a run in rounds: each is a suite of its own, so that what failed has its place in time.</summary>
    private static async Task<RunResult> AssembleAsync(
        RunRecord record, IReadOnlyList<RunFolder> rounds, CancellationToken cancellationToken)
    {
        var suites = new List<SuiteResult>();
        foreach (var round in rounds)
        {
            var result = await GenerateTestReportAsync(round, cancellationToken);
            var name = $"{record.Suite}, round {Path.GetFileName(round.Path)}";
            suites.AddRange(result.Suites.Select(suite => suite with { Name = name }));
        }

        return Result(record, suites);
    }

    private static RunResult Assemble(
        RunRecord record,
        TrialFacts facts,
        Judgement judgement,
        PerformanceEvidence? evidence,
        IReadOnlyList<CheckResult> seen)
    {
        var processors = Measuring.Processors(evidence, facts);
        var recovery = record.Budgets.Count == 0 ? [] : RecoveryMeter.Measure(
            judgement.Timeline, record.Faults, record.DeadClients, processors, record.Budgets, record.LoadRate);
        var measurements = RunMetrics.Of(Seconds(facts, judgement), judgement.Queues);
        var measured = new MeasuredRun
        {
            Phases = judgement.Phases,
            Capacity = record.Capacity,
            Recovery = recovery,
            Evidence = evidence,
            Measurements = measurements,
            Baseline = record.Baseline,
            IsPart = record.Interrupted,
        };
        IReadOnlyList<CheckResult> checks =
        [
            .. judgement.Checks,
            .. TrialChecks.Of(record),
            .. judgement.Phases.Count > 0 ? OfLoad(record.Entrance, facts, judgement) : [],
            .. seen,
            .. BudgetChecks.Of(recovery, judgement.Totals, record.Budgets, judgement.Timeline.Stories),
            .. ThresholdChecks.Of(record.Thresholds, measured),
        ];
        var verdict = Stopped(record, Verdicts.Merge(checks.Select(check => check.Verdict)));
        var suite = Suite(record, facts, judgement, checks, verdict) with
        {
            Recovery = recovery,
            Performance = judgement.Phases.Count == 0 ? null
                : PerformanceResult.Of(judgement.Phases, record.Capacity, (from, to) => Used(processors, from, to)),
            Resources = evidence is null ? null : PerformanceMonitor.GeneratePerformanceReport(evidence),
        };
        return Result(record, [suite]) with { Measurements = measurements };
    }

    private static CheckResult[] OfLoad(EntranceAnswers? entrance, TrialFacts facts, Judgement judgement) =>
    [
        GeneratorCheck.Of(judgement.Phases, entrance, facts.ClockSkew),
        entrance is null ? IntakeCheck.Of(judgement.Phases) : EntranceCheck.Of(entrance),
    ];

    /// <summary>What runs are compared by: of an open load only its measured phases, since the search for the highest
    /// rate does in each run what it likes.</summary>
    private static IReadOnlyList<StageSeconds> Seconds(TrialFacts facts, Judgement judgement)
    {
        if (facts.LoadStartedAt is not { } zero)
        {
            return [];
        }

        var all = judgement.Timeline.Seconds(zero);
        var measured = judgement.Phases.Select(phase => phase.Span).Where(span => span.IsMeasured).ToList();
        if (judgement.Phases.Count == 0 || measured.Count == 0)
        {
            return judgement.Phases.Count == 0 ? all : [];
        }

        // Who was kept waiting until the load was over was kept waiting by it.
        var late = judgement.Timeline.Left(measured[^1].To);
        return
        [
            .. all.Select((stage, i) => stage.Within(
                [.. measured.Select(span => ((span.From - zero).TotalSeconds, (span.To - zero).TotalSeconds))],
                late[i])),
        ];
    }

    private static Verdict Stopped(RunRecord record, Verdict seen) =>
        record.StoppedBecause is null ? seen : Verdicts.Merge([seen, Verdict.Unknown]);

    private static RunResult Result(RunRecord record, IReadOnlyList<SuiteResult> suites)
    {
        var verdict = Stopped(record, Verdicts.Merge(suites.Select(suite => suite.Verdict)));
        return new RunResult
        {
            Verdict = verdict,
            ExitCode = (int)(record.Interrupted ? Engine.ExitCode.Interrupted : verdict.ToExitCode()),
            RunId = record.RunId,
            System = record.System,
            Command = record.Command,
            Seed = record.Seed,
            StartedAt = record.StartedAt,
            Duration = record.Duration,
            StoppedBecause = record.StoppedBecause,
            Suites = suites,
            Steps = record.Steps,
            Images = record.Images,
            Environment = record.Environment,
        };
    }

    private static SuiteResult Suite(
        RunRecord record, TrialFacts facts, Judgement judgement, IReadOnlyList<CheckResult> checks, Verdict verdict) =>
            new()
            {
                Name = record.Suite,
                Verdict = verdict,
                Duration = record.SuiteDuration,
                Checks = checks,
                Faults = record.Faults,
                MissingFaults = record.MissingFaults,
                Queues = judgement.Queues,
                Workers = judgement.Workers,
                LoadStartedAt = facts.LoadStartedAt,
                Series = judgement.Series,
                Latency = facts.LoadStartedAt is { } zero
                    ? judgement.Timeline.Latency(zero, judgement.Series.Max(series => series.Done.Count)) : null,
                Logs = Dead(record).ToDictionary(container => container.Name, container => container.LastOutput),
            };

    /// <summary>Processor seconds of all workers; null where one was not watched.</summary>
    private static double? Used(IReadOnlyList<ProcessorUse> processors, DateTimeOffset from, DateTimeOffset to)
    {
        var cores = processors.Select(one => one.Cores(from, to)).ToList();
        return cores.Count > 0 && cores.All(one => one is not null) ? cores.Sum() * (to - from).TotalSeconds : null;
    }

    /// <summary>Those that died on their own, and those that were replaced: others took their name on the
    /// engine.</summary>
    private static IEnumerable<ContainerRecord> Dead(RunRecord record) => record.Containers.Where(container =>
        record.Casualties.Any(casualty => casualty.Id == container.Id)
        || record.Containers.Last(other => other.EngineName == container.EngineName) != container);
}
