using System.Globalization;
using Seatrial.Engine.Chaos;
using Seatrial.Engine.Chaos.Shrinking;
using Seatrial.Engine.Checks;
using Seatrial.Engine.Runs;

namespace Seatrial.Suites.Chaos;

/// <summary>How a run of chaos went.</summary>
public sealed record ChaosOutcome
{
    /// <summary>The rounds' results, in order; no more after the first that failed.</summary>
    public required IReadOnlyList<RunResult> Rounds { get; init; }

    /// <summary>Every container that there was.</summary>
    public required IReadOnlyList<ContainerRecord> Containers { get; init; }

    /// <summary>The place of the round that failed; null when none did.</summary>
    public int? Failed => Rounds.Count > 0 && Rounds[^1].Verdict is Verdict.Fail ? Rounds.Count - 1 : null;
}

/// <summary>
/// A schedule's rounds one after the other, each judged in the quiet after it, until one fails; and what failed made as
/// small as it can be.
/// </summary>
public sealed class ChaosSuite(ChaosSystem system, TimeProvider clock, IProgress<TrialProgress> progress)
{
    /// <summary>Runs a schedule; an interruption is in the last round's result, if there is one.</summary>
    public async Task<ChaosOutcome> RunAsync(ChaosSchedule schedule, CancellationToken cancellationToken)
    {
        var rounds = new List<RunResult>();
        var stage = new ChaosStage(system, clock, progress);
        await using (stage)
        {
            for (var round = 0; round < schedule.Rounds.Count && !cancellationToken.IsCancellationRequested; round++)
            {
                var result = await stage.RunAsync(
                    schedule, round, ChaosFolders.Round(system.Folder, round + 1), cancellationToken);
                rounds.Add(result);
                progress.Report(new TrialProgress.Note(string.Create(
                    CultureInfo.InvariantCulture,
                    $"round {round + 1} of {schedule.Rounds.Count}: {VerdictSentences.Word(result.Verdict)}  {VerdictSentences.Proven(result)}")));
                if (result.Verdict is Verdict.Fail || result.StoppedBecause is not null)
                {
                    break;
                }
            }
        }

        return new ChaosOutcome { Rounds = rounds, Containers = stage.Containers };
    }

    /// <summary>Shrinks a schedule that failed; an interruption ends it with the smallest so far.</summary>
    public async Task<ShrinkResult> ShrinkAsync(
        ChaosSchedule schedule, ChaosOutcome outcome, ShrinkOptions options, CancellationToken cancellationToken)
    {
        var failed = outcome.Failed
            ?? throw new ArgumentException("No round failed, so there is nothing to shrink.", nameof(outcome));
        var checks = outcome.Rounds[failed].Suites.SelectMany(suite => suite.Checks)
            .Where(check => check.Verdict is Verdict.Fail).Select(check => check.Id).ToHashSet();
        await using var candidates = new CandidateRuns(system, checks, clock, progress);
        return await new ScheduleShrinker(
            candidates.FailsAsync,
            options,
            line => progress.Report(new TrialProgress.Note("shrink: " + line)),
            clock).ShrinkAsync(
                schedule with { Rounds = [.. schedule.Rounds.Take(failed + 1)] },
                Suspects.Of(schedule, system.Spec.Database.Service, outcome.Rounds[failed]),
                cancellationToken);
    }
}
