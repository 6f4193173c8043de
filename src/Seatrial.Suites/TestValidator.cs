using Seatrial.Engine.Checks;
using Seatrial.Engine.Recovery;
using Seatrial.Engine.Runs;
using Seatrial.Suites.Chaos;
using Seatrial.Suites.Distributed;

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
        return Assemble(record, facts, judgement);
    }

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

    private static RunResult Assemble(RunRecord record, TrialFacts facts, Judgement judgement)
    {
        var recovery = record.Budgets.Count == 0 ? [] : RecoveryMeter.Measure(
            judgement.Timeline, record.Faults, record.DeadClients, record.Processors, record.Budgets, record.LoadRate);
        IReadOnlyList<CheckResult> checks =
        [
            .. judgement.Checks,
            .. TrialChecks.Of(record),
            .. BudgetChecks.Of(recovery, judgement.Totals, record.Budgets, judgement.Timeline.Stories),
        ];
        var verdict = Stopped(record, Verdicts.Merge(checks.Select(check => check.Verdict)));
        return Result(record, [Suite(record, facts, judgement, checks, verdict) with { Recovery = recovery }]);
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

    /// <summary>Those that died on their own, and those that were replaced: others took their name on the
    /// engine.</summary>
    private static IEnumerable<ContainerRecord> Dead(RunRecord record) => record.Containers.Where(container =>
        record.Casualties.Any(casualty => casualty.Id == container.Id)
        || record.Containers.Last(other => other.EngineName == container.EngineName) != container);
}
