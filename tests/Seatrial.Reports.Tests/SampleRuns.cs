using Seatrial.Engine.Checks;
using Seatrial.Engine.Faults;
using Seatrial.Engine.Runs;

namespace Seatrial.Reports.Tests;

/// <summary>Runs as trials of systems/rpa end: 30 s of load, a kill at 7 s, a pause from 14 s to 21 s.</summary>
internal static class SampleRuns
{
    public const int Records = 21_483;

    public static readonly DateTimeOffset Start = new(2026, 11, 24, 9, 30, 12, 480, TimeSpan.Zero);
    public static readonly DateTimeOffset Load = Start.AddMilliseconds(9360);

    public static RunResult Passed() => Run(Verdict.Pass, Suite(Verdict.Pass, SampleChecks.Passing, ProvenFaults()));

    public static RunResult Failed() => Run(
        Verdict.Fail,
        Suite(Verdict.Fail, [.. SampleChecks.Broken, .. SampleChecks.Passing.Skip(3)], ProvenFaults()) with
        {
            Queues =
            [
                SampleLoad.Queues[0],
                SampleLoad.Queues[1] with { Done = Records + 12, Effects = Records + 12 },
                SampleLoad.Queues[2],
            ],
            Logs = new Dictionary<string, IReadOnlyList<string>> { ["rpa1-2"] = SampleLoad.DeadOutput },
        });

    /// <summary>The log has a gap, and the pause could not be confirmed.</summary>
    public static RunResult Gap() => Run(Verdict.Unknown, Suite(
        Verdict.Unknown,
        [
            .. SampleChecks.Passing.Select(check => check with
            {
                Verdict = Verdict.Unknown,
                Summary = "The log has a gap between 0/2A41F0B8 and 0/2A44E1C0: what it would have shown is not known.",
            }).Take(2),
            .. SampleChecks.Passing.Skip(2),
        ],
        [
            ProvenFaults()[0],
            ProvenFaults()[1] with
            {
                ConfirmedAt = null,
                ConfirmedHealedAt = null,
                Evidence = ["inject: the engine paused rpa2-1", "heal: woken"],
                Failure = "confirm: the freezer of rpa2-1 still read THAWED after 2 s.",
            },
        ]));

    /// <summary>Ctrl-C at 11 s of load.</summary>
    public static RunResult Interrupted() => Run(Verdict.Unknown, Suite(
        Verdict.Unknown,
        [],
        [
            ProvenFaults()[0],
            new FaultRecord
            {
                Name = "pause-past-lease", TargetSpec = "one of rpa2", Trigger = "67 % of rpa2's records done (14,394)",
            },
        ]) with
    {
        Duration = TimeSpan.FromSeconds(11.4),
        Queues = [.. SampleLoad.Queues.Select(q => q with
        {
            Enqueued = q.Enqueued / 2, Claims = q.Claims / 2, Done = q.Done / 3, Effects = q.Done / 3,
        })],
        Series = [.. SampleLoad.Series.Select(s => new QueueSeries(
            s.Queue, [.. s.Enqueued.Take(11)], [.. s.Done.Take(11)], [.. s.Backlog.Take(11)]))],
    }) with
    {
        ExitCode = 130,
        Duration = TimeSpan.FromSeconds(22.9),
        StoppedBecause = "interrupted by the user 11 s after the load began, with 7,161 records through rpa3.",
    };

    /// <summary>Nothing came up.</summary>
    public static RunResult Empty() => new()
    {
        Verdict = Verdict.Unknown,
        ExitCode = 69,
        RunId = "20261124-093012-7c1e",
        System = "rpa",
        Command = "./seatrial trial systems/rpa --seed 42",
        Seed = 42,
        StartedAt = Start,
        Duration = TimeSpan.FromSeconds(3.2),
        StoppedBecause = "container db-1 exited with code 1 before it was healthy.",
        Suites = [],
    };

    public static RunResult Run(Verdict verdict, params SuiteResult[] suites) => new()
    {
        Verdict = verdict,
        ExitCode = (int)verdict.ToExitCode(),
        RunId = "20261124-093012-7c1e",
        System = "rpa",
        Command = "./seatrial trial systems/rpa --suite distributed --seed 6077128404128518274",
        Seed = 6077128404128518274,
        StartedAt = Start,
        Duration = TimeSpan.FromSeconds(48.213),
        Suites = suites,
        Steps =
        [
            new StepTiming("read", TimeSpan.FromSeconds(0.061), "compose.yaml, seatrial.yaml: 4 services, no problem"),
            new StepTiming("images", TimeSpan.FromSeconds(0.342), "6 images, nothing changed"),
            new StepTiming("environment", TimeSpan.FromSeconds(6.52), "1 network, 1 volume, 6 containers healthy"),
            new StepTiming("load", TimeSpan.FromSeconds(30.4), "21,483 records into rpa1, 2 faults, drained"),
            new StepTiming("verdict", TimeSpan.FromSeconds(1.13), "322,251 events judged"),
            new StepTiming("removal", TimeSpan.FromSeconds(2.9), "everything removed from the engine"),
        ],
        Images =
        [
            new ImageUse(
                "db", "seatrial/postgres", "sha256:6b1f0d5c2e7a49d0b3c8f4e1a2975d60cc18e3f7ab94d2016ec5b8a7f3d94e21"),
            new ImageUse(
                "rpa1", "seatrial/rpa1", "sha256:92ac4f18d7e05b63fa71c9d2e84b60371ad5ec9f0b28437d61e0f5a9c3b7d814"),
            new ImageUse(
                "rpa2", "seatrial/rpa2", "sha256:1d7e93b5f02c84a6e9d1305bc72fa8461ce09d53b7fa2e680415cd9be37fa026"),
            new ImageUse(
                "rpa3", "seatrial/rpa3", "sha256:c05e7b14a93fd682e1b7094d5cfa368207eb1d94fc50a3b76829de417f0bc538"),
        ],
        Environment = new Dictionary<string, string>
        {
            ["Seatrial"] = "0.1.0",
            ["Engine"] = "Docker 20.10.24, API 1.41",
            ["Host"] = "Debian 12, 2 cores, 23.5 GiB",
            ["PostgreSQL"] = "15.14",
            ["Kernel"] = "6.1.0",
        },
    };

    public static SuiteResult Suite(
        Verdict verdict, IReadOnlyList<CheckResult> checks, IReadOnlyList<FaultRecord> faults) => new()
        {
            Name = "distributed",
            Verdict = verdict,
            Duration = TimeSpan.FromSeconds(31.7),
            Checks = checks,
            Faults = faults,
            Queues = SampleLoad.Queues,
            Workers = SampleLoad.Workers,
            LoadStartedAt = Load,
            Series = SampleLoad.Series,
            Latency = SampleLoad.Latency,
            Resources = SampleResources.Report,
        };

    public static FaultRecord[] ProvenFaults() =>
    [
        new FaultRecord
        {
            Name = "kill",
            TargetSpec = "one of rpa1",
            Target = "rpa1-2",
            Trigger = "33 % of rpa1's records done (7,089)",
            InjectedAt = Load.AddMilliseconds(7004),
            ConfirmedAt = Load.AddMilliseconds(7061),
            HealedAt = Load.AddMilliseconds(7920),
            ConfirmedHealedAt = Load.AddMilliseconds(8731),
            Evidence =
            [
                "inject: SIGKILL to process 41877 on the host",
                "confirm: process 41877 is gone; the engine reports exit code 137",
                "heal: rpa1-3 replaced it",
                "confirm healed: rpa1-3 is healthy and claimed record rpa1/7213",
            ],
        },
        new FaultRecord
        {
            Name = "pause-past-lease",
            TargetSpec = "one of rpa2",
            Target = "rpa2-1",
            Trigger = "67 % of rpa2's records done (14,394)",
            InjectedAt = Load.AddMilliseconds(14012),
            ConfirmedAt = Load.AddMilliseconds(14108),
            HealedAt = Load.AddMilliseconds(21020),
            ConfirmedHealedAt = Load.AddMilliseconds(21440),
            Evidence =
            [
                "inject: the engine paused rpa2-1",
                "confirm: its freezer reads FROZEN",
                "heal: 100 of its leases were taken over (commit 0/2A41F0B8); woken",
                "confirm healed: its freezer reads THAWED, and it claimed record rpa2/15102",
            ],
        },
    ];
}
