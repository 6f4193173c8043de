using Seatrial.Cli.Systems;
using Seatrial.Engine.Checks;
using Seatrial.Engine.Drivers;
using Seatrial.Engine.Runs;
using Seatrial.Suites;

namespace Seatrial.Cli.Trials;

/// <summary>
/// Trials that another command consists of: the distributed suite, each on fresh containers, kept, and without a
/// summary. No faults: one costs more than most of what is compared; no thresholds, which are for whole runs; and no
/// rate, for all would be as fast as that.
/// </summary>
internal sealed class PartTrials(ProgramHost host, IContainerDriver driver, bool isQuiet)
{
    /// <summary>Which system they are of.</summary>
    public required string System { get; init; }

    /// <summary>How many each has to do; null for all of the file's.</summary>
    public required int? Records { get; init; }

    /// <summary>The command that they are parts of.</summary>
    public required string Command { get; init; }

    /// <summary>Runs one, and tells what went wrong beside its verdict.</summary>
    public async Task<RunResult> RunAsync(
        SystemFiles files, IReadOnlyDictionary<string, ImageUse> instead, CancellationToken cancellationToken)
    {
        var peaceful = files with
        {
            Spec = files.Spec with
            {
                Workload = files.Spec.Workload with { Rate = null },
                Distributed = files.Spec.Distributed with { Faults = [], Thresholds = [] },
            },
        };
        var options = new TrialOptions
        {
            System = System,
            Suite = ContainerTestSuite.Distributed,
            Records = Records,
            Seed = 1,
            Out = null,
            Keep = false,
            Instead = instead,
            PartOf = Command,
        };
        TrialReport report;
        var shown = isQuiet ? host with { Out = TextWriter.Null, Interactive = false } : host;
        await using (var view = TrialViews.For(shown, Consoles.For(shown)))
        {
            report = await new TrialSession(host.Clock, driver, peaceful, options, view).RunAsync(
                RunFolder.NewId(host.Clock), host.Directory, cancellationToken);
        }

        foreach (var problem in report.Problems)
        {
            await host.Error.WriteLineAsync(problem.ToString());
        }

        return report.Result;
    }

    /// <summary>Whether another may come after it: a failure is the answer, and what stops one stops the next as
    /// well.</summary>
    public static bool IsGood(RunResult run) => run is { Verdict: Verdict.Pass, StoppedBecause: null };
}
