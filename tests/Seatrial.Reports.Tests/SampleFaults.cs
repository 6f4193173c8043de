using Seatrial.Engine.Checks;
using Seatrial.Engine.Faults;
using Seatrial.Engine.Plans;
using Seatrial.Engine.Recovery;
using Seatrial.Engine.Runs;

namespace Seatrial.Reports.Tests;

/// <summary>A run of the fault suite: eight faults in a minute, one of which took too long to overcome.</summary>
internal static class SampleFaults
{
    private static readonly (string Kind, string Target, double At, double For)[] _turns =
    [
        ("kill", "rpa1-2", 4, 1.2), ("pause", "rpa1-1", 10, 2.1), ("pause-past-lease", "rpa1-2", 16, 6.4),
        ("partition", "rpa2-1", 27, 2.2), ("reset", "rpa3-1", 36, 0.1), ("latency", "rpa3-1", 40, 2.0),
        ("cpu-starved", "rpa2-1", 46, 2.1), ("kill-postmaster", "db-1", 52, 1.4),
    ];

    public static RunResult Run()
    {
        var faults = _turns.Select(Record).ToArray();
        var figures = _turns.Select(Figures).ToArray();
        var budgets = UsualBudgets.With([new Budget { Measure = Measure.Recover, Most = 3, Asked = true }]);
        var checks = BudgetChecks.Of(figures, new JudgementTotals(72_000, 18_000, 41, 41, 41, 0, 0), budgets).ToArray();
        return SampleRuns.Run(Verdict.Fail, new SuiteResult
        {
            Name = "faults",
            Verdict = Verdict.Fail,
            Duration = TimeSpan.FromSeconds(61.2),
            Checks = [.. SampleChecks.Passing.Take(3), .. checks],
            Faults = faults,
            MissingFaults =
            [
                new MissingFault("clock-forward", "no service has libfaketime in LD_PRELOAD"),
                new MissingFault("balancer-down", "no service looks like a balancer"),
            ],
            Recovery = figures,
            Queues = [.. SampleLoad.Queues.Select(queue => queue with { Redelivered = null })],
            Workers = SampleLoad.Workers,
            LoadStartedAt = SampleRuns.Load,
            Series = [.. new[] { "rpa1", "rpa2", "rpa3" }.Select(Series)],
            Latency = new LatencySeries(
                [.. Seconds.Select(i => IsDown(i) ? null : (double?)Math.Round(0.006 + (i % 5 * 0.001), 3))],
                [.. Seconds.Select(i => IsDown(i) ? null : (double?)(i is > 27 and < 32 ? 2.12 : 0.02))]),
        }) with
        {
            Command = "./seatrial trial systems/rpa --suite faults --seed 1",
        };
    }

    private static IEnumerable<int> Seconds => Enumerable.Range(0, 60);

    private static bool IsDown(int second) => second is 52;

    private static QueueSeries Series(string queue) => new(
        queue,
        [.. Seconds.Select(_ => 100L)],
        [.. Seconds.Select(i => IsDown(i) ? 0 : queue is "rpa1" ? 98 + (i % 3)
            : i switch { 27 or 28 => 0, 29 => 240, 30 => 160L, _ => 97 + (i % 4) })],
        [.. Seconds.Select(i => queue is not "rpa1" && i is >= 27 and <= 29 ? (i - 26) * 70L : 4 + (i % 3))]);

    private static FaultRecord Record((string Kind, string Target, double At, double For) turn, int i) => new()
    {
        Name = turn.Kind,
        TargetSpec = $"one of {turn.Target[..^2]}",
        Target = turn.Target,
        Trigger = $"turn {i + 1} of {_turns.Length}",
        BeganAt = SampleRuns.Load.AddSeconds(turn.At - 0.05),
        InjectedAt = SampleRuns.Load.AddSeconds(turn.At),
        ConfirmedAt = SampleRuns.Load.AddSeconds(turn.At + 0.08),
        HealedAt = SampleRuns.Load.AddSeconds(turn.At + turn.For),
        ConfirmedHealedAt = SampleRuns.Load.AddSeconds(turn.At + turn.For + 0.3),
        Evidence = ["inject: done", "confirm: seen", "heal: done", "confirm healed: seen"],
    };

    private static FaultFigures Figures((string Kind, string Target, double At, double For) turn, int i) => new(
        $"{turn.Kind} of {turn.Target}",
        [
            Figure(Measure.Detect, i % 3 is 0 ? null : 0.6, "lease + 2 s", "rpa2 did 31 records in a second, not 100"),
            Figure(Measure.Recover, i is 3 ? 3.4 : 0.1 * i, "3 s", "300 records done a second before") with
            {
                Verdict = i is 3 ? Verdict.Fail : Verdict.Pass,
            },
            Figure(Measure.Drain, i is 7 ? 4.2 : 0, "30 s", "4 records waited when it was healed, 6 before") with
            {
                IsOpen = i is 7,
                Verdict = i is 7 ? Verdict.Unknown : Verdict.Pass,
            },
            Figure(Measure.Reclaim, i is 2 ? 5.41 : null, "lease + 2 s", "7 records taken over, the slowest rpa1/1602"),
            Figure(Measure.Waste, i is 2 ? 0.0031 : 0, null, "7 of 2258 claims were not their record's first"),
            Figure(Measure.LockHeld, i is 0 ? 0 : null, "10 s", "0 sessions outlived rpa1-2"),
            Figure(Measure.Processor, i is 4 ? 0.04 : null, "0.25 cores", "rpa2-1 used 0.11 cores, and 0.07 before"),
        ]);

    private static Figure Figure(Measure measure, double? value, string? budget, string seen) => new()
    {
        Measure = measure,
        Value = value,
        Budget = budget,
        Most = budget switch { null => null, "lease + 2 s" => 7, "3 s" => 3, "30 s" => 30, _ => 10 },
        Verdict = value is null || budget is null ? null : Verdict.Pass,
        Seen = value is null ? null : seen,
    };
}
