using Seatrial.Cli.Systems;
using Seatrial.Cli.Trends;
using Seatrial.Cli.Trials;
using Seatrial.Engine;
using Seatrial.Engine.Drivers;
using Seatrial.Engine.Runs;
using Seatrial.Engine.Tuning;

namespace Seatrial.Cli.Tuning;

/// <summary>
/// The distributed suite without faults over a system as it is and with each of two changes, in turn and on fresh
/// containers. A run before them proposes the two, and counts for none: the first is slower than most.
/// </summary>
internal sealed class TuneTrials(
    ProgramHost host, IContainerDriver driver, SystemFiles files, TuneRequest request, bool isJson)
{
    private readonly PartTrials _trials = new(host, driver, isJson)
    {
        System = request.System,
        Records = request.Records,
        Command = request.Command,
    };

    /// <summary>Runs them all, or until one does not pass, and tells what came of it.</summary>
    public async Task<ExitCode> RunAsync(CancellationToken cancellationToken)
    {
        var report = await TryAsync(cancellationToken);
        if (isJson)
        {
            TuneJson.Write(report, host);
        }
        else
        {
            TuneText.Write(report, host);
        }

        return report.Exit;
    }

    private async Task<TuneReport> TryAsync(CancellationToken cancellationToken)
    {
        var look = new Variant("as it is, a first look", files, 1);
        var bad = await RunAsync(look, cancellationToken);
        var choice = bad is null && look.Runs is [{ Suites: [{ Resources: { } seen, Series: var series }, ..] }]
            ? TuningChoice.Of(
                seen, series.Select(one => one.Done.Count).DefaultIfEmpty().Max(), files.Project, files.Spec)
            : null;
        var asIs = new Variant("as it is", files, request.Rounds);
        var tried = (choice?.Tried ?? []).Select(one => (Proposal: one, Variant: new Variant(
            TuneText.Name(one.Proposal.Change), new SystemFiles(one.System.Project, one.System.Spec), request.Rounds)))
            .ToList();
        if (choice is not null && !isJson)
        {
            TuneText.WriteChoice(choice, host);
        }

        for (var left = tried.Count > 0 ? request.Rounds : 0; left > 0 && bad is null; left--)
        {
            bad = await RunAsync(asIs, cancellationToken);
            foreach (var (_, variant) in tried)
            {
                bad ??= await RunAsync(variant, cancellationToken);
            }
        }

        return new TuneReport
        {
            Request = request,
            Files = files,
            Look = look.Runs[0],
            AsIs = asIs.Runs,
            Choice = choice,
            Tries = [.. tried.Select(one => new TuneTry(one.Proposal, one.Variant.Runs))],
            Ended = cancellationToken.IsCancellationRequested ? ExitCode.Interrupted : bad ?? ExitCode.Pass,
        };
    }

    /// <summary>How the command ends, where nothing is to come after this run.</summary>
    private async Task<ExitCode?> RunAsync(Variant variant, CancellationToken cancellationToken)
    {
        var run = await _trials.RunAsync(
            variant.Files.WithoutShares(), new Dictionary<string, ImageUse>(), cancellationToken);
        variant.Runs.Add(run);
        if (!isJson)
        {
            var entry = RunEntry.Of(run, RunKind.Part, "");
            await host.Out.WriteLineAsync(
                $"{VerdictSentences.Mark(run.Verdict)} {variant.Name}, {variant.Runs.Count} of {variant.Rounds}, "
                + $"run {run.RunId}: {MetricText.Value(entry, TuningResult.Throughput)}, "
                + $"p99 {MetricText.Value(entry, TuningResult.Latency)}");
        }

        return PartTrials.IsGood(run) ? null : (ExitCode)run.ExitCode;
    }

    private sealed record Variant(string Name, SystemFiles Files, int Rounds)
    {
        public List<RunResult> Runs { get; } = [];
    }
}
