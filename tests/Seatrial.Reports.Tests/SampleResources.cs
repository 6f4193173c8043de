using Seatrial.Engine.Measurements;
using Seatrial.Engine.Measurements.Bottlenecks;
using Seatrial.Engine.Measurements.Databases;
using Seatrial.Engine.Measurements.Resources;

namespace Seatrial.Reports.Tests;

/// <summary>What the containers of the sample runs used: rpa2-1 has a limit that cuts it short, rpa1-2 is killed at
/// 7 s.</summary>
internal static class SampleResources
{
    private const string Statement =
        "update seatrial.records set state = 'done' where id = any($1) and owner = $2 and epoch = $3";

    public static PerformanceReport Report { get; } = PerformanceMonitor.GeneratePerformanceReport(
        new PerformanceEvidence
        {
            Zero = SampleRuns.Load,
            Resources =
            [
                Series("db-1", "db", 0.62, 180),
                Series("rpa1-1", "rpa1", 0.21, 74),
                Series("rpa1-2", "rpa1", 0.2, 71, to: 7),
                Machine(Series("host", "", 1.61, 2900)),
                Limited(Series("rpa2-1", "rpa2", 0.5, 88)),
                Series("rpa1-2", "rpa1", 0.22, 69, from: 8.5),
            ],
            Database = new DatabaseReading("db", [.. Enumerable.Range(0, 60).Select(Look)], []),
            Stages = [new StageLoad("rpa2", ["rpa2-1"], [.. Enumerable.Repeat(700L, 30)],
                [.. Enumerable.Range(0, 30).Select(second => second * 90L)])],
            Disturbed = [new Window(SampleRuns.Load.AddSeconds(7), SampleRuns.Load.AddSeconds(8.7))],
        });

    /// <summary>With a text in every place that takes one.</summary>
    public static PerformanceReport Of(string text) => new()
    {
        Containers = [.. Report.Containers.Take(2).Select((use, i) => use with { Container = text + i })],
        Database = new DatabaseUse
        {
            Looks = 1,
            Silent = 0,
            Clients = [new ClientSessions(text, 1, 1, 0, 0)],
            Waits = [new WaitUse(text, text, 1)],
            Commits = 1,
            Rollbacks = 0,
            Deadlocks = 0,
            Wal = 1,
            Tables = [new TableUse(text, 1, 1, 1, 1, 1, 1)],
            Locks = [new LockWait(text, text, 1, 1, text, text, text, text, 1, IsRoot: true)],
            Statements = [new StatementUse(text, 1, 1, 1)],
            IsSampled = false,
        },
        Bottlenecks =
        [
            new Bottleneck
            {
                Name = text,
                Where = text,
                Summary = text,
                Evidence = [new EvidenceFigure(text, text, text)],
                Confidence = 0.5,
                Recommendation = text,
                ExpectedGain = text,
                Verify = text,
            },
        ],
        Proposals = [new ResourceProposal(new ResourceChange(text, text, 1, 2), text, text)],
        Gaps = [text],
    };

    private static ResourceSeries Series(
        string name, string service, double cores, int memory, double from = 0, double to = 30) => new(
        name, service, [$"10.0.0.{name.Length}"],
        [
            .. Enumerable.Range(0, 121).Select(i => i / 4.0).Where(second => second >= from && second <= to)
                .Select(second => new ResourceSample
                {
                    At = SampleRuns.Load.AddSeconds(second),
                    Cpu = cores * (second - from + (0.3 * Math.Sin(second))),
                    Memory = (memory << 20) + ((long)(second % 4) << 20),
                    Anonymous = memory << 20,
                    Written = (long)(second * 40_000),
                    Received = (long)(second * 310_000),
                    Sent = (long)(second * 290_000),
                    Files = second % 1 == 0 ? 48 + (int)(second % 3) : null,
                    Log = (long)(second * 900),
                }),
        ]);

    private static ResourceSeries Machine(ResourceSeries series) => series with
    {
        Samples = [.. series.Samples.Select(sample => sample with { CpuLimit = 2 })],
    };

    private static ResourceSeries Limited(ResourceSeries series) => series with
    {
        Samples = [.. series.Samples.Select((sample, i) => sample with
        {
            CpuLimit = 0.5,
            Periods = i * 5 / 2,
            Throttled = i * 2,
            ThrottledFor = i * 0.08,
            MemoryLimit = 256 << 20,
        })],
    };

    private static DatabaseSample Look(int i) => new()
    {
        At = SampleRuns.Load.AddSeconds(i / 2.0),
        Failure = i is 21 ? "terminating connection due to administrator command" : null,
        Sessions = i is 21 ? [] :
        [
            new SessionCount("10.0.0.6", "active", "", "", 1 + (i % 2)),
            new SessionCount("10.0.0.6", "idle", "Client", "ClientRead", 6),
            new SessionCount("10.0.0.6", "active", "IO", "WALSync", i % 2),
        ],
        Running = i % 5 == 0 ? [new RunningStatement("10.0.0.6", Statement, 0.012, "")] : [],
        Locks = i is 30
            ? [new LockWait(
                "10.0.0.6", Statement, 0.21, 88, "10.0.0.7", "rpa1", "active", Statement, 0.3, IsRoot: true)] : [],
        Counters = i % 4 == 0
            ? new DatabaseCounters(
                i * 350L, i, i * 21_000L, i * 3L, 0, 0, i * 1_200_000L, 50_000_000L + (i * 9_000L)) : null,
        Tables = i % 4 == 0 ? [new TableCounters("seatrial.records", i, i * 20L, i * 900L, 21_483, i * 30L)] : null,
    };
}
