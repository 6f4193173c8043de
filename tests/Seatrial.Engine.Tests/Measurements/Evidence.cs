using Seatrial.Engine.Measurements;
using Seatrial.Engine.Measurements.Bottlenecks;
using Seatrial.Engine.Measurements.Databases;
using Seatrial.Engine.Measurements.Resources;

namespace Seatrial.Engine.Tests.Measurements;

/// <summary>
/// A system of a database and a worker on four processors, looked at for a minute: the worker is backlogged, and
/// nothing else is out of the ordinary.
/// </summary>
internal static class Evidence
{
    public const int Seconds = 60;
    public const string Worker = "rpa1-1";
    public const string WorkerAddress = "10.0.0.2";

    public static readonly DateTimeOffset Zero = new(2026, 11, 24, 9, 0, 0, TimeSpan.Zero);

    public static PerformanceEvidence Of(
        Func<int, ResourceSample, ResourceSample>? worker = null,
        Func<int, ResourceSample, ResourceSample>? database = null,
        Func<int, DatabaseSample, DatabaseSample>? said = null,
        double machine = 1.2,
        long backlog = 5000,
        int seconds = Seconds) => new()
        {
            Zero = Zero,
            Resources =
            [
                Series("host", "", [], seconds, (i, sample) => sample with { Cpu = machine * i / 4, CpuLimit = 4 }),
                Series("db-1", "db", ["10.0.0.1"], seconds, database),
                Series(Worker, "rpa1", [WorkerAddress], seconds, worker),
            ],
            Database = new DatabaseReading(
                "db",
                [
                    .. Enumerable.Range(0, seconds * 2).Select(i =>
                    {
                        var plain = new DatabaseSample
                        {
                            At = Zero.AddSeconds(i / 2.0),
                            Sessions =
                            [
                                new SessionCount(WorkerAddress, "idle", "Client", "ClientRead", 6),
                                new SessionCount(WorkerAddress, "active", "", "", 1),
                            ],
                        };
                        return said?.Invoke(i, plain) ?? plain;
                    }),
                ],
                []),
            Settings = [new WorkerSettings("rpa1", BatchSize: 100, PoolSize: 2)],
            Stages =
            [
                new StageLoad("rpa1", [Worker], [.. Enumerable.Repeat(100L, seconds)],
                    [.. Enumerable.Repeat(backlog, seconds)]),
            ],
        };

    private static ResourceSeries Series(
        string name, string service, string[] addresses, int seconds,
        Func<int, ResourceSample, ResourceSample>? change) => new(
        name, service, addresses,
        [
            .. Enumerable.Range(0, seconds * 4).Select(i =>
            {
                var plain = new ResourceSample
                {
                    At = Zero.AddSeconds(i / 4.0),
                    Cpu = 0.3 * i / 4,
                    Memory = 100 << 20,
                    Anonymous = (80 << 20) + (i % 7 * 300_000),
                    Files = i % 4 == 0 ? 40 + (i % 3) : null,
                    Log = 200L * i,
                };
                return change?.Invoke(i, plain) ?? plain;
            }),
        ]);
}
