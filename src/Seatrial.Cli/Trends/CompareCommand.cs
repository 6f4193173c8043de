using System.CommandLine;
using Seatrial.Engine;
using Seatrial.Engine.Runs;
using Seatrial.Engine.Trends;

namespace Seatrial.Cli.Trends;

/// <summary>
/// <c>seatrial compare BEFORE AFTER</c>, <c>seatrial compare AFTER --with last-good</c>, and
/// <c>seatrial compare IMAGE_A IMAGE_B --system SYSTEM --service SERVICE</c>, which runs both in turn.
/// </summary>
internal static class CompareCommand
{
    private const string LastGood = "last-good";

    public static Command Create(ProgramHost host)
    {
        var runs = new Argument<string[]>("runs")
        {
            Description = "Two kept runs, the earlier first; or one, with --with. The newest is called last. "
                + "With --service, two images.",
            Arity = new ArgumentArity(1, 2),
        };
        var with = new Option<string?>("--with")
        {
            Description = $"What to hold the run against: a run, or {LastGood}, the last before it that passed.",
        };
        var metrics = TrendOptions.Metrics();
        var least = TrendOptions.Least();
        var json = TrendOptions.Json();
        var images = new ImageOptions();
        var command = new Command("compare", "Tell whether a run is slower than another, or only looks like it.")
        {
            runs, with, metrics, least, json,
        };
        images.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var options = new CompareOptions
            {
                Names = TrendOptions.Names(parsed.GetValue(metrics) ?? []),
                IsChosen = parsed.GetValue(metrics) is { Length: > 0 },
                Least = parsed.GetValue(least) ?? ChangeKinds.UsualLeast,
                IsJson = parsed.GetValue(json),
            };
            var named = parsed.GetRequiredValue(runs);
            return images.Read(parsed, named) is { } request
                ? (int)await ImageComparison.RunAsync(request, options, host, cancellationToken)
                : Run(named, parsed.GetValue(with), options, host);
        });
        return command;
    }

    private static int Run(string[] runs, string? with, CompareOptions options, ProgramHost host)
    {
        if (runs.Length == 2 == with is not null)
        {
            throw new SeatrialException(
                ExitCode.Usage,
                with is null ? "There is one run, and nothing to hold it against." : "There are two runs, and --with.",
                "command line: seatrial compare",
                $"Name two runs, or one run and --with {LastGood}.");
        }

        using var store = RunStore.OpenKept(host.Directory) ?? throw new SeatrialException(
            ExitCode.Usage,
            "No run is kept yet.",
            Path.Combine(host.Directory, RunStore.Name),
            "Run `seatrial trial SYSTEM` in this folder first.");
        var after = store.Find(runs[^1]);
        var before = with switch
        {
            LastGood => store.LastGoodBefore(after),
            { } id => store.Find(id),
            null => store.Find(runs[0]),
        };
        if (before is null)
        {
            host.Error.WriteLine(NoGood(after));
            return (int)ExitCode.Unknown;
        }

        Check(before, after);
        foreach (var warning in Warnings(before, after))
        {
            host.Error.WriteLine(warning);
        }

        var (one, other) = (store.Measurements(before), store.Measurements(after));
        var earlier = store.GoodBefore(after);
        var names = options.Names
            .Where(name => options.IsChosen || Has(before, name) || Has(after, name))
            .ToList();
        var changes = RunComparison.Compare(
            one, other, names, options.Least, name => Spread.Of([.. earlier.Select(run => run.Metrics)], name));
        return (int)new Comparison
        {
            Before = before,
            After = after,
            Changes = changes,
            Least = options.Least,
            Earlier = earlier.Count >= Spread.LeastRuns ? Math.Min(earlier.Count, Spread.MostRuns) : 0,
        }.Write(options.IsJson, host);
    }

    private static bool Has(RunEntry run, MetricName name) => run.Metrics.Any(metric => metric.Name == name.ToString());

    private static void Check(RunEntry before, RunEntry after)
    {
        if (before.Id == after.Id)
        {
            throw Unlike("A run can't be compared with itself.", before, after);
        }

        if (before.System != after.System)
        {
            throw Unlike(
                $"Runs of different systems can't be compared: {before.System} and {after.System}.", before, after);
        }

        if (before.Suite != after.Suite)
        {
            throw Unlike(
                $"Runs of different suites can't be compared: {before.Suite} and {after.Suite}.", before, after);
        }
    }

    private static SeatrialException Unlike(string what, RunEntry before, RunEntry after) => new(
        ExitCode.Usage,
        what,
        $"runs {before.Id} and {after.Id}",
        "Name two runs of one system and suite; `seatrial runs` lists them.");

    private static IEnumerable<Problem> Warnings(RunEntry before, RunEntry after)
    {
        var where = $"runs {before.Id} and {after.Id}";
        if (before.Machine != after.Machine)
        {
            yield return new Problem
            {
                Severity = Severity.Warning,
                What = "The runs ran on different machines.",
                Where = where,
                Why = $"{before.Machine}; and {after.Machine}",
                Fix = "Run both on one machine before a difference is put down to the system.",
            };
        }

        if (before.Records != after.Records)
        {
            yield return new Problem
            {
                Severity = Severity.Warning,
                What = $"The runs had {Figures.Count(before.Records)} and {Figures.Count(after.Records)} records "
                    + "to do.",
                Where = where,
                Why = "Time in a queue grows with what waits in it.",
                Fix = "Give both the same --records.",
            };
        }

        if (before.Load != after.Load)
        {
            yield return new Problem
            {
                Severity = Severity.Warning,
                What = "The runs had different loads, or one is of a Seatrial that did not keep it.",
                Where = where,
                Why = "Records, rates, faults or numbers of containers in seatrial.yaml were others.",
                Fix = "Run both with one seatrial.yaml before a difference is put down to the system.",
            };
        }

        foreach (var run in new[] { before, after }.Where(run => run.StoppedBecause is not null))
        {
            yield return new Problem
            {
                Severity = Severity.Warning,
                What = $"Run {run.Id} did not come to its end: {run.StoppedBecause}",
                Where = run.Folder,
                Fix = "Compare with a run that did.",
            };
        }
    }

    private static Problem NoGood(RunEntry run) => new()
    {
        What = $"There is no good run before {run.Id} to hold it against.",
        Where = RunStore.Name,
        Why = $"It takes one of {run.System}, {run.Suite}, {Figures.Count(run.Records, "record")} and the same load, that "
            + $"passed on this kind of machine ({run.Machine}).",
        Fix = "Name a run in place of last-good; `seatrial runs` lists them.",
    };
}
