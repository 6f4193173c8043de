using System.Globalization;
using Seatrial.Engine.Chaos;
using Seatrial.Engine.Checks;
using Seatrial.Engine.Runs;

namespace Seatrial.Suites.Chaos;

/// <summary>
/// Runs candidates of a shrink in one environment, whose tables are emptied and whose workers are made anew before
/// each; what can't be reset is brought up anew.
/// </summary>
internal sealed class CandidateRuns(
    ChaosSystem system, IReadOnlySet<string> checks, TimeProvider clock, IProgress<TrialProgress> progress)
    : IAsyncDisposable
{
    private readonly string _folder = Path.Combine(system.Folder.Path, "shrink");

    private readonly ChaosStage _stage = new(
        system with
        {
            Request = system.Request with { Keep = false },
            Folder = new RunFolder(Path.Combine(system.Folder.Path, "shrink")),
        },
        clock,
        new OnlyNotes(progress));

    private int _run;

    /// <summary>Whether one run of it fails one of the checks that failed at first.</summary>
    public async Task<bool> FailsAsync(ChaosSchedule candidate, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(_folder, (++_run).ToString("000", CultureInfo.InvariantCulture));
        await _stage.RestartWorkersAsync(cancellationToken);
        for (var round = 0; round < candidate.Rounds.Count; round++)
        {
            var result = await _stage.RunAsync(
                candidate, round, ChaosFolders.Round(new RunFolder(folder), round + 1), cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            if (result.Suites.SelectMany(suite => suite.Checks)
                .Any(check => check.Verdict is Verdict.Fail && checks.Contains(check.Id)))
            {
                return true;
            }
        }

        // Only what failed is worth a look.
        Directory.Delete(folder, recursive: true);
        return false;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    /// <summary>What single faults and records do is not news here.</summary>
    private sealed class OnlyNotes(IProgress<TrialProgress> progress) : IProgress<TrialProgress>
    {
        public void Report(TrialProgress value)
        {
            if (value is TrialProgress.Note)
            {
                progress.Report(value);
            }
        }
    }
}
