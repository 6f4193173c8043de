using Seatrial.Engine.Checks;
using Seatrial.Engine.Faults;
using Seatrial.Engine.Runs;

namespace Seatrial.Engine.Tests.Runs;

public sealed class VerdictSentencesTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 24, 9, 30, 0, TimeSpan.Zero);

    private static readonly FaultRecord Proven = new()
    {
        Name = "kill",
        TargetSpec = "one of rpa1",
        Target = "rpa1-2",
        Trigger = "33 % of rpa1's records",
        InjectedAt = Start,
        ConfirmedAt = Start,
        HealedAt = Start,
        ConfirmedHealedAt = Start,
    };

    [Fact]
    public void A_pass_says_what_was_proven() => Assert.Equal(
        "200 records in 2 queues, each processed exactly once, through 2 faults.",
        VerdictSentences.Proven(Run(Verdict.Pass, Check("lost", Verdict.Pass)) with
        {
            Suites = [Suite([Check("lost", Verdict.Pass)], [Proven, Proven], [Done("rpa1", 100), Done("rpa2", 100)])],
        }));

    [Fact]
    public void A_pass_with_dead_letters_does_not_say_exactly_once() => Assert.Equal(
        "100 records in 1 queue, 98 of them done and 2 given up as dead letters, without a fault.",
        VerdictSentences.Proven(Run(Verdict.Pass) with
        {
            Suites =
            [
                Suite([Check("lost", Verdict.Pass)], [], [new QueueSummary("rpa1", 100, 100, 0, 0, 98, 2, 98)]),
            ],
        }));

    [Fact]
    public void A_pass_without_records_says_how_many_checks_there_were() =>
        Assert.Equal("1 check passed.", VerdictSentences.Proven(Run(Verdict.Pass, Check("ports", Verdict.Pass))));

    [Fact]
    public void A_failure_names_each_broken_check_with_its_count() => Assert.Equal(
        "Broken: 3 × duplicated, 1,200 × lost, among 100 records in 1 queue, through 1 of 2 faults.",
        VerdictSentences.Proven(Run(Verdict.Fail) with
        {
            Suites =
            [
                Suite(
                    [Check("duplicated", Verdict.Fail, 3), Check("lost", Verdict.Fail, 1200)],
                    [Proven, Proven with { ConfirmedAt = null }],
                    [Done("rpa1", 100)]),
            ],
        }));

    [Fact]
    public void A_run_that_stopped_says_why_and_how_far_it_came() => Assert.Equal(
        "Stopped early: interrupted. Done: 40 of 100 in rpa1, 7 of 40 in rpa2.",
        VerdictSentences.Proven(Run(Verdict.Unknown) with
        {
            StoppedBecause = "interrupted.",
            Suites = [Suite([], [], [Done("rpa1", 100) with { Done = 40 }, Done("rpa2", 40) with { Done = 7 }])],
        }));

    [Fact]
    public void Checks_that_doubt_for_the_same_reason_are_one_doubt() => Assert.Equal(
        ["The log has a gap (lost, torn).", "Fault kill of rpa1-2: nothing shows that it took effect."],
        VerdictSentences.Doubts(Run(Verdict.Unknown) with
        {
            Suites =
            [
                Suite(
                    [
                        Check("lost", Verdict.Unknown, 0, "The log has a gap."),
                        Check("shares", Verdict.Pass),
                        Check("torn", Verdict.Unknown, 0, "The log has a gap."),
                    ],
                    [Proven with { ConfirmedAt = null }],
                    []),
            ],
        }));

    [Fact]
    public void Nothing_at_all_is_in_doubt() => Assert.Equal(
        "Not proven: No suite was run.",
        VerdictSentences.Proven(Run(Verdict.Unknown) with { Suites = [] }));

    [Fact]
    public void Each_step_that_a_fault_missed_has_its_words()
    {
        FaultRecord[] faults =
        [
            Proven with { InjectedAt = null },
            Proven with { ConfirmedAt = null },
            Proven with { HealedAt = null },
            Proven with { ConfirmedHealedAt = null },
        ];

        Assert.Equal(4, faults.Select(VerdictSentences.Missing).Distinct().Count());
    }

    private static RunResult Run(Verdict verdict, params CheckResult[] checks) => new()
    {
        Verdict = verdict,
        ExitCode = (int)verdict.ToExitCode(),
        RunId = "1",
        System = "rpa",
        Command = "seatrial trial rpa",
        Seed = 1,
        StartedAt = Start,
        Duration = TimeSpan.FromSeconds(1),
        Suites = [Suite(checks, [], [])],
    };

    private static SuiteResult Suite(CheckResult[] checks, FaultRecord[] faults, QueueSummary[] queues) => new()
    {
        Name = "distributed",
        Verdict = Verdicts.Merge(checks.Select(check => check.Verdict)),
        Duration = TimeSpan.FromSeconds(1),
        Checks = checks,
        Faults = faults,
        Queues = queues,
    };

    private static QueueSummary Done(string name, long count) => new(name, count, count, 0, 0, count, 0, count);

    private static CheckResult Check(string id, Verdict verdict, long count = 0, string summary = "seen") => new()
    {
        Id = id,
        Title = id,
        Verdict = verdict,
        Count = count,
        Summary = summary,
    };
}
