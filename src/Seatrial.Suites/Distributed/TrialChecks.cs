using System.Globalization;
using Seatrial.Engine.Checks;
using Seatrial.Engine.Runs;

namespace Seatrial.Suites.Distributed;

/// <summary>What a trial must show beside the history: that its faults were real, and that nothing else
/// broke.</summary>
internal static class TrialChecks
{
    public static IEnumerable<CheckResult> Of(RunRecord record)
    {
        yield return Faults(record);
        yield return Alive(record);
    }

    private static CheckResult Faults(RunRecord record)
    {
        var unproven = record.Faults.Where(fault => !fault.Proven).ToList();
        return new CheckResult
        {
            Id = "faults",
            Title = "Every fault took effect and was healed",
            Verdict = unproven.Count == 0 ? Verdict.Pass : Verdict.Unknown,
            Count = unproven.Count,
            Summary = (record.Faults.Count, unproven.Count) switch
            {
                (0, _) => "No fault was asked for.",
                (var all, 0) => $"{all} of {all} were confirmed by evidence, and confirmed healed.",
                var (all, open) => $"{open} of {all} can't be proven, so what they would have shown is not known.",
            },
            Findings =
            [
                .. unproven.Select(fault => new Finding
                {
                    Record = VerdictSentences.Name(fault),
                    Story = fault.Failure ?? VerdictSentences.Missing(fault),
                }),
            ],
        };
    }

    private static CheckResult Alive(RunRecord record) => new()
    {
        Id = "alive",
        Title = "No container died but those that were killed on purpose",
        Verdict = record.Casualties.Count == 0 ? Verdict.Pass : Verdict.Fail,
        Count = record.Casualties.Count,
        Summary = record.Casualties.Count == 0
            ? "None died on its own."
            : $"{record.Casualties.Count} died on their own: {string.Join(", ", record.Casualties.Select(one => one.Container).Distinct())}.",
        Findings =
        [
            .. record.Casualties.Select(one => new Finding
            {
                Record = one.Container,
                Story = string.Create(
                    CultureInfo.InvariantCulture,
                    $"{one.Container} ended with exit code {one.ExitCode}{(one.OutOfMemory ? ", out of memory," : "")} at {one.At:HH:mm:ss.fff}."),
            }),
        ],
    };
}
