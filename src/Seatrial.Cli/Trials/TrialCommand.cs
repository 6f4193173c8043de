using System.CommandLine;
using Seatrial.Cli.Systems;
using Seatrial.Engine.Runs;
using Seatrial.Suites;

namespace Seatrial.Cli.Trials;

/// <summary>
/// <c>seatrial trial SYSTEM [--suite S] [--records N] [--seed N] [--out DIR] [--keep] [--baseline]</c>.
/// </summary>
internal static class TrialCommand
{
    private const ulong UsualSeed = 1;

    public static Command Create(ProgramHost host)
    {
        var system = new Argument<string>("system") { Description = "A folder with a Compose file, or the file." };
        var suite = new Option<string>("--suite")
        {
            Description = "What to put the system through.",
            DefaultValueFactory = _ => ContainerTestSuite.Distributed,
        };
        suite.AcceptOnlyFromAmong([.. ContainerTestSuite.Names]);
        var records = new Option<int?>("--records")
        {
            Description = "How many records; more than the file has go round again. All of the file's, if not given.",
            CustomParser = WholeNumbers.Parse<int>,
        };
        var seed = new Option<ulong>("--seed")
        {
            Description = "Where chance comes from: one seed, one plan.",
            DefaultValueFactory = _ => UsualSeed,
            CustomParser = result => WholeNumbers.Parse<ulong>(result) ?? UsualSeed,
        };
        var folder = new Option<string?>("--out")
        {
            Description = $"Where the report and the evidence go; a new folder below {RunFolder.Runs}, if not given.",
        };
        var keep = new Option<bool>("--keep") { Description = "Leave the containers running, for a look." };
        var baseline = new Option<bool>("--baseline")
        {
            Description = "Leave out thresholds on regressions: later runs are held against this one, if it passes.",
        };
        var command =
            new Command("trial", "Bring a system up, load it, break it, and judge it from its write-ahead log.")
        {
            system,
            suite,
            records,
            seed,
            folder,
            keep,
            baseline,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            new TrialOptions
            {
                System = parsed.GetRequiredValue(system),
                Suite = parsed.GetRequiredValue(suite),
                Records = parsed.GetValue(records),
                Seed = parsed.GetValue(seed),
                Out = parsed.GetValue(folder),
                Keep = parsed.GetValue(keep),
                IsBaseline = parsed.GetValue(baseline),
            },
            host,
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(TrialOptions options, ProgramHost host, CancellationToken cancellationToken)
    {
        var files = SystemFiles.Read(options.System, host);
        if (SuitePlans.Profiles(files.Spec, options.Suite) is { Count: > 0 } more)
        {
            files = SystemFiles.Read(options.System, host, more);
        }

        await using var driver = await EngineAccess.OpenAsync(host, cancellationToken);
        var console = Consoles.For(host);
        var runId = RunFolder.NewId(host.Clock);
        await host.Out.WriteLineAsync($"trial of {files.Project.Name}, seed {options.Seed}, run {runId}");
        TrialReport report;
        await using (var view = TrialViews.For(host, console))
        {
            report = await new TrialSession(host.Clock, driver, files, options, view).RunAsync(
                runId, host.Directory, cancellationToken);
        }

        Summary.Write(console, report.Result, report.Files);
        foreach (var problem in report.Problems)
        {
            await host.Error.WriteLineAsync(problem.ToString());
        }

        return report.Result.ExitCode;
    }
}
