using Seatrial.Engine;
using Seatrial.Engine.Runs;
using Seatrial.Engine.Trends;

namespace Seatrial.Cli.Trends;

/// <summary>What is done with a run when it has ended: it goes into the store, and a store that can't take it is told,
/// and spoils nothing.</summary>
internal static class RunKeeping
{
    /// <summary>Warnings, where it could not be kept.</summary>
    public static IReadOnlyList<Problem> Keep(
        RunResult result, RunKind kind, RunFolder folder, string directory) =>
        Keep(result, RunEntry.Of(result, kind, folder.Path), directory, _ => true);

    /// <summary>The same of one that was judged again: a copy's folder says nothing of the run that is kept.</summary>
    public static IReadOnlyList<Problem> KeepAgain(
        RunResult result, RunRecord record, RunFolder folder, string directory) =>
        Keep(
            result,
            RunEntry.Of(result, record.Kind, folder.Path),
            directory,
            kept => kept is null || kept.Folder == folder.Path);

    /// <summary>The good runs before it; with a warning where the store can't be asked.</summary>
    public static (Baseline? Baseline, IReadOnlyList<Problem> Problems) Before(
        RunResult unjudged, RunKind kind, RunFolder folder, string directory)
    {
        try
        {
            using var store = RunStore.OpenKept(directory);
            return (store is null ? null : Baseline.Before(RunEntry.Of(unjudged, kind, folder.Path), store), []);
        }
        catch (SeatrialException failure)
        {
            return (null, Warnings(failure, $"Run {unjudged.RunId} can't be held against those before it."));
        }
    }

    private static IReadOnlyList<Problem> Keep(
        RunResult result, RunEntry run, string directory, Func<RunEntry?, bool> isToBeKept)
    {
        try
        {
            using var store = RunStore.Open(directory);
            if (isToBeKept(store.List(run.System).FirstOrDefault(kept => kept.Id == run.Id)))
            {
                store.Add(run, result.Measurements.Stages);
            }

            return [];
        }
        catch (SeatrialException failure)
        {
            return Warnings(
                failure, $"Run {result.RunId} is not in the run store, and will be missing from trends.");
        }
    }

    private static IReadOnlyList<Problem> Warnings(SeatrialException failure, string what) =>
    [
        .. failure.Problems.Select(problem => problem with
        {
            Severity = Severity.Warning,
            What = $"{what} {problem.What}",
        }),
    ];
}
