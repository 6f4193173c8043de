using System.Text.Json.Nodes;
using Seatrial.Cli.Systems;
using Seatrial.Cli.Trends;
using Seatrial.Cli.Trials;
using Seatrial.Cli.Validating;
using Seatrial.Engine;
using Seatrial.Engine.Checks;
using Seatrial.Engine.Drivers;
using Seatrial.Engine.Runs;
using Seatrial.Engine.Trends;
using Spectre.Console;

namespace Seatrial.Cli.Scaling;

/// <summary>
/// The distributed suite without faults over a service with each number of workers, in turn and on fresh containers. A
/// run before them warms up and counts for none: the first is slower than most.
/// </summary>
internal sealed class ScalingTrials(
    ProgramHost host, IContainerDriver driver, SystemFiles files, ScalingRequest request, bool isJson)
{
    private static readonly MetricName _throughput = new() { Kind = MetricKind.Throughput };

    private readonly PartTrials _trials = new(host, driver, isJson)
    {
        System = request.System,
        Records = request.Records,
        Command = request.Command,
    };

    private readonly List<(int Workers, RunResult Run)> _runs = [];
    private RunResult? _warmUp;

    /// <summary>Runs them all, or until one does not pass, and tells what came of it.</summary>
    public async Task<ExitCode> RunAsync(CancellationToken cancellationToken)
    {
        _warmUp = await RunAsync(request.Workers[0], "to warm up", cancellationToken);
        var last = _warmUp;
        for (var round = 0; round < request.Rounds; round++)
        {
            foreach (var workers in request.Workers.TakeWhile(_ => PartTrials.IsGood(last)))
            {
                last = await RunAsync(workers, $"{round + 1} of {request.Rounds}", cancellationToken);
                _runs.Add((workers, last));
            }
        }

        return Tell(PartTrials.IsGood(last) ? ExitCode.Pass
            : cancellationToken.IsCancellationRequested ? ExitCode.Interrupted : (ExitCode)last.ExitCode);
    }

    private async Task<RunResult> RunAsync(int workers, string number, CancellationToken cancellationToken)
    {
        var run = await _trials.RunAsync(With(workers), new Dictionary<string, ImageUse>(), cancellationToken);
        if (!isJson)
        {
            await host.Out.WriteLineAsync(
                $"{VerdictSentences.Mark(run.Verdict)} {Figures.Count(workers, "worker")} {number}, run {run.RunId}: "
                + MetricText.Value(_throughput, RateOf(run)));
        }

        return run;
    }

    /// <summary>However few records each of many workers gets: their shares are what is looked at.</summary>
    private SystemFiles With(int workers) => files with
    {
        Spec = files.Spec with
        {
            Distributed = files.Spec.Distributed with
            {
                LeastShare = 0,
                Replicas = new Dictionary<string, int>(files.Spec.Distributed.Replicas) { [request.Service] = workers },
            },
        },
    };

    private ExitCode Tell(ExitCode exit)
    {
        var good = _runs.Where(one => one.Run.Verdict is Verdict.Pass)
            .GroupBy(one => one.Workers, one => one.Run)
            .ToList();
        var figures = ScalingFigures.Of(good.Select(
            runs => new ScalingRuns(runs.Key, [.. runs.Select(RateOf).OfType<double>()])));
        if (isJson)
        {
            host.Out.Write(JsonForm.Text(new JsonObject
            {
                ["system"] = files.Project.Name,
                ["service"] = request.Service,
                ["command"] = request.Command,
                ["warmUp"] = _warmUp?.RunId,
                ["runs"] = new JsonArray([.. _runs.Select(one => (JsonNode)one.Run.RunId)]),
                ["scaling"] = new JsonArray([.. figures.Select(Json)]),
            }));
            return exit;
        }

        var console = Consoles.For(host);
        var table = Tables.Plain("workers", "throughput", "speed-up", "efficiency", "serial part", "held up by");
        foreach (var figure in figures)
        {
            table.AddRow(
                new Text(Figures.Count(figure.Workers)),
                new Text(MetricText.Value(_throughput, figure.Rate)),
                new Text(Figures.Number(figure.SpeedUp, 2)),
                new Text(Figures.Percent(figure.Efficiency, 1)),
                new Text(figure.Serial is { } serial ? Figures.Percent(serial, 1) : "–"),
                new Text(Cause(good.First(runs => runs.Key == figure.Workers).Last())));
        }

        console.WriteLine();
        console.Write(table);
        console.WriteLine();
        console.MarkupLine($"[grey]Records completed a second in all queues, the median of "
            + $"{Figures.Count(request.Rounds, "run")}; beside the fewest workers.[/]");
        foreach (var bad in _runs.Select(one => one.Run).Prepend(_warmUp).OfType<RunResult>()
            .Where(run => run.Verdict is not Verdict.Pass))
        {
            host.Out.WriteLine($"{VerdictSentences.Mark(bad.Verdict)} run {bad.RunId} did not pass, and ends it: "
                + VerdictSentences.Proven(bad));
        }

        return exit;
    }

    private static string Cause(RunResult run) => run.Suites is [{ Resources.Bottlenecks: [var first, ..] }, ..]
        ? $"{first.Name} at {first.Where}" : "–";

    private static double? RateOf(RunResult run) => RunEntry.Of(run, RunKind.Part, "").Metrics
        .FirstOrDefault(metric => metric.Name == _throughput.ToString())?.Value;

    private static JsonNode Json(ScalingFigure figure) => new JsonObject
    {
        ["workers"] = figure.Workers,
        ["recordsPerSecond"] = Math.Round(figure.Rate, 3),
        ["speedUp"] = Math.Round(figure.SpeedUp, 4),
        ["efficiency"] = Math.Round(figure.Efficiency, 4),
        ["serialPart"] = figure.Serial is { } serial ? Math.Round(serial, 4) : null,
    };
}
