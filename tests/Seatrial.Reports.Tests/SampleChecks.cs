using Seatrial.Engine.Checks;

namespace Seatrial.Reports.Tests;

/// <summary>What the checks of a sample run say.</summary>
internal static class SampleChecks
{
    public static CheckResult[] Passing { get; } =
    [
        Check("lost", "Every record ended in exactly one effect", "64,449 of 64,449 records have an effect."),
        Check("duplicated", "No record has more than one effect", "64,449 effects of 64,449 records."),
        Check("zombie-writes", "No owner wrote after it lost its lease", "0 of 64,449 by a superseded epoch."),
        Check("unexpected", "Every effect is of a record that was put in", "All 64,449 effects are of known records."),
        Check("overlapping-owners", "No record had two owners at once", "No claim of 64,849 was of a held record."),
        Check("torn-completions", "Completion and effect are one transaction", "All 64,449 have their effects."),
        Check("illegal-transitions", "Records only went the ways that the mapping allows", "193,747 transitions."),
        Check("shares", "The work was shared", "The least share of an even one was 0.5 (rpa1-2); 0.2 is asked for."),
    ];

    public static CheckResult[] Broken { get; } =
    [
        Passing[0],
        new CheckResult
        {
            Id = "duplicated",
            Title = "No record has more than one effect",
            Verdict = Verdict.Fail,
            Count = 12,
            Summary = "12 of 64,449 records have 2 effects each, all of them of rpa2.",
            Findings =
            [
                .. SampleHistories.Zombies.Select(history => new Finding
                {
                    Record = SampleHistories.NameOf(history),
                    Story = "rpa2-1 claimed it at 13.981 s (epoch 1), was paused from 14.012 s to 21.020 s, and its "
                        + "lease ran out at 18.981 s. rpa2-2 claimed it at 19.204 s (epoch 2) and wrote its effect at "
                        + "19.241 s (0/2A44E1C0). rpa2-1 woke and wrote a second one at 21.033 s (0/2A51D340).",
                    History = history,
                }),
            ],
        },
        new CheckResult
        {
            Id = "zombie-writes",
            Title = "No owner wrote after it lost its lease",
            Verdict = Verdict.Fail,
            Count = 1_003,
            Summary = "1,003 of 64,461 completions were written by a superseded epoch.",
            Findings =
            [
                new Finding
                {
                    Record = SampleHistories.NameOf(SampleHistories.Zombies[0]),
                    Story = "rpa2-1 completed it with epoch 1 at 21.033 s, 1.829 s after rpa2-2 had claimed it.",
                    History = SampleHistories.Zombies[0],
                },
            ],
        },
    ];

    public static CheckResult Check(string id, string title, string summary) => new()
    {
        Id = id,
        Title = title,
        Verdict = Verdict.Pass,
        Count = 0,
        Summary = summary,
    };
}
