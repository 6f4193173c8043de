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
/// containers. The first run is the one whose figures propose them.
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
        var asIs = new Variant("as it is", files);
        var bad = await RunAsync(asIs, cancellationToken);
        var choice = bad is null && asIs.Runs is [{ Suites: [{ Resources: { } seen }, ..] }]
            ? TuningChoice.Of(seen, files.Project, files.Spec) : null;
        var tried = (choice?.Tried ?? []).Select(one => (Proposal: one, Variant: new Variant(
            TuneText.Name(one.Proposal.Change), new SystemFiles(one.System.Project, one.System.Spec)))).ToList();
        if (choice is not null && !isJson)
        {
            TuneText.WriteChoice(choice, host);
        }

        for (var left = tried.Count > 0 ? request.Rounds : 0; left > 0 && bad is null; left--)
        {
            if (left < request.Rounds)
            {
                bad = await RunAsync(asIs, cancellationToken);
            }

            foreach (var (_, variant) in tried)
            {
                bad ??= await RunAsync(variant, cancellationToken);
            }
        }

        return new TuneReport
        {
            Request = request,
            Files = files,
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
            var entry = RunEntry.Of(run, RunEntry.Comparison, 0, "");
            await host.Out.WriteLineAsync(
                $"{VerdictSentences.Mark(run.Verdict)} {variant.Name}, {variant.Runs.Count} of {request.Rounds}, "
                + $"run {run.RunId}: {MetricText.Value(entry, TuningResult.Throughput)}, "
                + $"p99 {MetricText.Value(entry, TuningResult.Latency)}");
        }

        return PartTrials.IsGood(run) ? null : (ExitCode)run.ExitCode;
    }

    private sealed record Variant(string Name, SystemFiles Files)
    {
        public List<RunResult> Runs { get; } = [];
    }
}
