using System.Runtime.InteropServices;
using Seatrial.Engine.Histories;

namespace Seatrial.Engine.Checks;

/// <summary>
/// Judges a trial from the evidence in its folder. There is no other way to a verdict: a run and a later <c>seatrial
/// verify</c> read the same files and say the same.
/// </summary>
public static class Judge
{
    /// <summary>Judges a folder, with facts that are not written there yet.</summary>
    public static Task<Judgement> JudgeAsync(string folder, TrialFacts facts, CancellationToken cancellationToken) =>
        Task.Run(() => Read(folder, facts, cancellationToken), cancellationToken);

    /// <summary>Judges a kept folder again.</summary>
    public static async Task<Judgement> VerifyAsync(string folder, CancellationToken cancellationToken) =>
        await JudgeAsync(folder, await TrialFacts.LoadAsync(folder, cancellationToken), cancellationToken);

    private static Judgement Read(string folder, TrialFacts facts, CancellationToken cancellationToken)
    {
        using var history = Open(folder);
        var block = history.ReadBlock();
        var mapping = history.Header?.Mapping
            ?? throw new SeatrialException(
                ExitCode.Usage,
                $"The history can't be read: {history.Damage ?? "it has no header"}.",
                Path.Combine(folder, EvidenceFiles.History),
                "Name the folder of a run, as 'seatrial trial' left it.");
        if (history.Header.Version != HistoryHeader.CurrentVersion)
        {
            throw new SeatrialException(
                ExitCode.Usage,
                    $"The history is of version {history.Header.Version}, which this program does not know.",
                Path.Combine(folder, EvidenceFiles.History), "Verify it with the version that recorded it.");
        }

        var judge = new HistoryJudge(mapping, facts);
        if (facts.HasClientLog)
        {
            judge.Client.Load(folder, judge.Latencies);
        }

        for (; block is not null; block = history.ReadBlock())
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (ref readonly var happened in CollectionsMarshal.AsSpan(block))
            {
                judge.Observe(in happened);
            }
        }

        var outcomes =
            judge.Conclude(history.End, history.Damage is null ? null : $"the history is damaged: {history.Damage}");
        return Judgements.Of(judge, outcomes, facts, () => Blocks(folder, cancellationToken));
    }

    private static IEnumerable<IReadOnlyList<HistoryEvent>> Blocks(string folder, CancellationToken cancellationToken)
    {
        using var history = Open(folder);
        while (history.ReadBlock() is { } block)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return block;
        }
    }

    private static BlockFileReader<HistoryHeader, HistoryEvent, HistoryEnd> Open(string folder) =>
        new(Path.Combine(folder, EvidenceFiles.History), HistoryFormat.Parser());
}
