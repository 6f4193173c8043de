using System.Text.Json.Nodes;
using Seatrial.Cli.Systems;
using Seatrial.Cli.Trials;
using Seatrial.Cli.Validating;
using Seatrial.Engine;
using Seatrial.Engine.Checks;
using Seatrial.Engine.Drivers;
using Seatrial.Engine.Runs;
using Seatrial.Engine.Trends;
using Spectre.Console;

namespace Seatrial.Cli.Trends;

/// <summary>
/// Two images of a service, run in turn without faults: what the machine does to one of them it does to the other too.
/// </summary>
internal sealed class ImageComparison(
    ProgramHost host, IContainerDriver driver, SystemFiles files, ImageComparisonRequest request, bool isQuiet)
{
    /// <summary>The first run is slower than most that come after it, and counts for neither.</summary>
    private readonly List<RunResult> _warmUp = [];

    private readonly List<RunResult> _before = [];
    private readonly List<RunResult> _after = [];

    /// <summary>Runs them, tells what came of it, and says how the command ends.</summary>
    public static async Task<ExitCode> RunAsync(
        ImageComparisonRequest request, CompareOptions options, ProgramHost host, CancellationToken cancellationToken)
    {
        var files = SystemFiles.Read(request.System, host);
        files.Service(request.Service);
        await using var driver = await EngineAccess.OpenAsync(host, cancellationToken);
        var comparison = new ImageComparison(host, driver, files, request, options.IsJson);
        var before = await comparison.FindAsync(request.Before, cancellationToken);
        var after = await comparison.FindAsync(request.After, cancellationToken);
        var goesOn = await comparison.RunAsync(before, comparison._warmUp, cancellationToken);
        while (goesOn && comparison.TakesMore(options))
        {
            goesOn = await comparison.RunAsync(before, comparison._before, cancellationToken)
                && await comparison.RunAsync(after, comparison._after, cancellationToken);
        }

        return cancellationToken.IsCancellationRequested ? ExitCode.Interrupted : comparison.Tell(options);
    }

    private async Task<ImageUse> FindAsync(string image, CancellationToken cancellationToken) =>
        await driver.Images.InspectAsync(image, cancellationToken) is { } state
            ? new ImageUse(request.Service, image, state.Id)
            : throw new SeatrialException(
                ExitCode.Usage,
                $"There is no image {image} on the engine.",
                "command line: seatrial compare",
                "Build or pull it; `seatrial images` lists those that Seatrial built.");

    /// <summary>False where nothing is to come after it.</summary>
    private async Task<bool> RunAsync(ImageUse image, List<RunResult> into, CancellationToken cancellationToken)
    {
        var trials = new PartTrials(host, driver, isQuiet)
        {
            System = request.System,
            Records = request.Records,
            Command = request.Command,
        };
        var result = await trials.RunAsync(
            files, new Dictionary<string, ImageUse> { [request.Service] = image }, cancellationToken);
        into.Add(result);
        if (!isQuiet)
        {
            var run = RunEntry.Of(result, RunKind.Part, "");
            await host.Out.WriteLineAsync(
                $"{VerdictSentences.Mark(run.Verdict)} {image.Reference} {Number(into)}, "
                + $"run {run.Id}: {MetricText.Value(run, MetricName.Usual[0])}, p99 {MetricText.Value(run, MetricName.Usual[3])}");
        }

        return PartTrials.IsGood(result);
    }

    private string Number(List<RunResult> runs) => runs == _warmUp ? "to warm up"
        : runs.Count > request.Pairs ? $"{runs.Count} of at most {2 * request.Pairs}" : $"{runs.Count} of {request.Pairs}";

    private bool TakesMore(CompareOptions options) =>
        GroupComparison.TakesMore(_after.Count, request.Pairs, Changes(options));

    private IReadOnlyList<MetricChange> Changes(CompareOptions options)
    {
        var (before, after) = (Good(_before), Good(_after));
        return GroupComparison.Compare(
            before,
            after,
            [
                .. options.Names.Where(name => options.IsChosen || before.Concat(after).Any(
                    run => run.Metrics.Any(metric => metric.Name == name.ToString()))),
            ],
            options.Least);
    }

    private ExitCode Tell(CompareOptions options)
    {
        var changes = Changes(options);
        var runs = _warmUp.Concat(_before).Concat(_after).ToList();
        var verdict = Verdicts.Merge([ChangeKinds.Verdict(changes), .. runs.Select(run => run.Verdict)]);
        if (options.IsJson)
        {
            host.Out.Write(JsonForm.Text(new JsonObject
            {
                ["verdict"] = verdict.ToString().ToLowerInvariant(),
                ["warmUp"] = Json(request.Before, _warmUp),
                ["before"] = Json(request.Before, _before),
                ["after"] = Json(request.After, _after),
                ["least"] = options.Least,
                ["changes"] = new JsonArray([.. changes.Select(RunJsonForm.Of)]),
            }));
            return verdict.ToExitCode();
        }

        host.Out.WriteLine();
        host.Out.WriteLine($"before  {request.Before}, {Figures.Count(Good(_before).Count, "run")}");
        host.Out.WriteLine($"after   {request.After}, {Figures.Count(Good(_after).Count, "run")}");
        ChangeTable.Write(
            changes,
            options.Least,
            "Each run is one case, whatever its records are: intervals are of ratios of medians, from runs drawn again "
                + "2,000 times, and few runs must be ranked apart as well (Mann-Whitney, 5 %).",
            host);
        foreach (var bad in runs.Where(run => run.Verdict is not Verdict.Pass))
        {
            host.Out.WriteLine(
                $"{VerdictSentences.Mark(bad.Verdict)} run {bad.RunId} did not pass, and ends the comparison: "
                + VerdictSentences.Proven(bad));
        }

        return verdict.ToExitCode();
    }

    private static IReadOnlyList<RunMeasurements> Good(List<RunResult> runs) =>
        [.. runs.Where(run => run.Verdict is Verdict.Pass).Select(run => run.Measurements)];

    private static JsonObject Json(string image, List<RunResult> runs) => new()
    {
        ["image"] = image,
        ["runs"] = new JsonArray([.. runs.Select(run => (JsonNode)run.RunId)]),
    };
}
