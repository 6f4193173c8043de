using Seatrial.Engine.Runs;

namespace Seatrial.Reports.Tests;

/// <summary>The figures of a sample run.</summary>
internal static class SampleLoad
{
    public static readonly QueueSummary[] Queues =
    [
        new("rpa1", 21_483, 21_583, 0, 100, 21_483, 0, 21_483) { Redelivered = 100 },
        new("rpa2", 21_483, 21_783, 200, 100, 21_483, 0, 21_483) { Redelivered = 287 },
        new("rpa3", 21_483, 21_483, 0, 0, 21_483, 0, 21_483) { Redelivered = 0 },
    ];

    public static readonly WorkerShare[] Workers =
    [
        new("rpa1-9f3c", "rpa1-1", "rpa1", 10_440, 10_440),
        new("rpa1-b210", "rpa1-2", "rpa1", 3_642, 3_542),
        new("rpa1-77de", "rpa1-3", "rpa1", 7_501, 7_501),
        new("rpa2-41aa", "rpa2-1", "rpa2", 13_383, 13_083),
        new("rpa2-c0d9", "rpa2-2", "rpa2", 8_400, 8_400),
        new("rpa3-5e07", "rpa3-1", "rpa3", 21_483, 21_483),
    ];

    public static readonly QueueSeries[] Series = Simulate(30);

    public static readonly LatencySeries Latency = new(
        [.. Enumerable.Range(0, 30).Select(i => i is 20 ? null : (double?)(0.2 * Math.Min(i, 10)))],
        [.. Enumerable.Range(0, 30).Select(i => i is 20 ? null : (double?)(0.7 * Math.Min(i, 14)))]);

    public static readonly string[] DeadOutput =
    [
        """{"time":"2026-11-24T09:30:21.911Z","level":"info","message":"claimed 100 of rpa1","owner":"rpa1-b210"}""",
        """{"time":"2026-11-24T09:30:28.790Z","level":"info","message":"claimed 100 of rpa1","owner":"rpa1-b210"}""",
        "\u001b[31mKilled\u001b[0m </script><img src=x onerror=alert(1)>",
    ];

    /// <summary>Three queues in a row, rpa1 halved by the kill, rpa2 almost stopped by the pause.</summary>
    public static QueueSeries[] Simulate(int seconds)
    {
        var enqueued = new long[3][];
        var done = new long[3][];
        var backlog = new long[3][];
        for (var queue = 0; queue < 3; queue++)
        {
            (enqueued[queue], done[queue], backlog[queue]) = (new long[seconds], new long[seconds], new long[seconds]);
            long waiting = 0;
            for (var second = 0; second < seconds; second++)
            {
                var loaded = second < 10 ? SampleRuns.Records / 10 : 0;
                enqueued[queue][second] = queue == 0 ? loaded : done[queue - 1][second];
                waiting += enqueued[queue][second];
                done[queue][second] = Math.Min(waiting, Capacity(queue, second));
                waiting -= done[queue][second];
                backlog[queue][second] = waiting;
            }
        }

        return
        [
            .. Enumerable.Range(0, 3)
                .Select(queue => new QueueSeries($"rpa{queue + 1}", enqueued[queue], done[queue], backlog[queue])),
        ];
    }

    private static long Capacity(int queue, int second) => (queue, second) switch
    {
        (0, 7) => 612,
        (0, _) => 1_080 + (second * 37 % 90),
        (1, >= 14 and < 19) => 410 + (second * 53 % 60),
        (1, >= 19 and < 21) => 520,
        (1, _) => 880 + (second * 41 % 70),
        _ => 1_900,
    };
}
