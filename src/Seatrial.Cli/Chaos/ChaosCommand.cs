using System.CommandLine;
using System.CommandLine.Parsing;
using Seatrial.Cli.Systems;
using Seatrial.Cli.Trials;
using Seatrial.Engine;
using Seatrial.Engine.Chaos;
using Seatrial.Engine.Faults;
using Seatrial.Engine.Runs;
using Seatrial.Engine.Text;

namespace Seatrial.Cli.Chaos;

/// <summary><c>seatrial chaos SYSTEM [--seed N] [--for 2m] [--intensity I] [--replay FILE] [--dry-run]</c>.</summary>
internal static class ChaosCommand
{
    private static readonly TimeSpan _usualLength = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan _usualShrink = TimeSpan.FromMinutes(15);

    public static Command Create(ProgramHost host)
    {
        var system = new Argument<string>("system") { Description = "A folder with a Compose file, or the file." };
        var seed = new Option<ulong>("--seed")
        {
            Description = "Where chance comes from: one seed, one schedule.",
            DefaultValueFactory = _ => 1,
            CustomParser = result => WholeNumbers.Parse<ulong>(result) ?? 1,
        };
        var length = Time("--for", _usualLength, "How long, quiet periods included, e.g. 90s or 10m.");
        var intensity = new Option<string>("--intensity")
        {
            Description = "How much is broken at once: low, medium or high.",
            DefaultValueFactory = _ => "medium",
        };
        intensity.AcceptOnlyFromAmong("low", "medium", "high");
        var replay = new Option<string?>("--replay") { Description = "A schedule's file, in place of a drawn one." };
        var dry = new Option<bool>("--dry-run") { Description = "Print the schedule and run nothing." };
        var shrink = Time(
            "--shrink-within", _usualShrink, "How long a schedule that fails is made smaller; 0 leaves it as it is.");
        var folder = new Option<string?>("--out")
        {
            Description = $"Where the report and the evidence go; a new folder below {RunFolder.Runs}, if not given.",
        };
        var keep = new Option<bool>("--keep") { Description = "Leave the containers running, for a look." };
        var command = new Command(
            "chaos", "Break a system at random, judge it in the quiet after each round, and shrink what fails.")
        {
            system, seed, length, intensity, replay, dry, shrink, folder, keep,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            new ChaosOptions
            {
                System = parsed.GetRequiredValue(system),
                Request = new ChaosRequest
                {
                    Seed = parsed.GetValue(seed),
                    For = parsed.GetValue(length),
                    Intensity = Enum.Parse<ChaosIntensity>(
                        parsed.GetValue(intensity) ?? nameof(ChaosIntensity.Medium), ignoreCase: true),
                },
                Replay = parsed.GetValue(replay),
                ShrinkWithin = parsed.GetValue(shrink),
                Out = parsed.GetValue(folder),
                Keep = parsed.GetValue(keep),
            },
            parsed.GetValue(dry),
            host,
            cancellationToken));
        return command;
    }

    private static Option<TimeSpan> Time(string name, TimeSpan usual, string description) => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => usual,
        CustomParser = result => Parse(result, name, name is "--for" ? TimeSpan.FromSeconds(1) : TimeSpan.Zero),
    };

    private static TimeSpan Parse(ArgumentResult result, string name, TimeSpan least)
    {
        var text = result.Tokens.Single().Value;
        if (Durations.Parse(text) is { } time && time >= least && time <= TimeSpan.FromDays(1))
        {
            return time;
        }

        result.AddError($"{name} '{text}' is no duration from {Durations.Format(least)} to 24h, such as 90s or 2m.");
        return least;
    }

    private static async Task<int> RunAsync(
        ChaosOptions options, bool isDry, ProgramHost host, CancellationToken cancellationToken)
    {
        var files = SystemFiles.Read(options.System, host);
        var read = ChaosSchedules.Read(options, files, host);
        await using var driver = await EngineAccess.OpenAsync(host, cancellationToken);
        var abilities = await FaultAbilities.ProbeAsync(driver, cancellationToken);
        var (schedule, comments) = ChaosSchedules.Of(options, read, files, abilities);
        if (isDry)
        {
            await host.Out.WriteAsync(ScheduleText.Of(schedule, comments));
            return (int)ExitCode.Pass;
        }

        var runId = RunFolder.NewId(host.Clock);
        await host.Out.WriteLineAsync(
            $"chaos of {files.Project.Name}, seed {schedule.Seed}, {schedule.Events.Count()} faults in "
            + $"{schedule.Rounds.Count} rounds, run {runId}");
        var console = Consoles.For(host);
        ChaosReport report;
        await using (var view = TrialViews.For(host, console))
        {
            var session = new ChaosSession(host.Clock, new ChaosTools(driver, abilities, view), files, options);
            report = await session.RunAsync(
                new DrawnSchedule(schedule, comments), runId, host.Directory, cancellationToken);
        }

        Summary.Write(console, report.Result, report.Files);
        foreach (var line in report.Smallest)
        {
            await host.Out.WriteLineAsync(line);
        }

        foreach (var problem in report.Problems)
        {
            await host.Error.WriteLineAsync(problem.ToString());
        }

        return report.Result.ExitCode;
    }
}
