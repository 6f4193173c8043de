using System.Diagnostics;
using Seatrial.Engine.Checks;
using Seatrial.Engine.Histories;
using Seatrial.Engine.Specs;

namespace Seatrial.Bench.Judging;

/// <summary>
/// What judging holds in memory: of histories with the same records, the longer ones with ever more renewals of their
/// leases. The shortest comes first, so that each figure, the process's peak up to then, shows what length adds.
/// </summary>
internal static class MemoryBenchmark
{
    private const int Records = 60_000;
    private const int MicrosecondsPerEvent = 50;
    private static readonly int[] _renewals = [0, 0, 10, 40];

    public static async Task RunAsync()
    {
        Console.WriteLine($"judging histories of {Records:N0} records");
        foreach (var renewals in _renewals)
        {
            var folder = Directory.CreateTempSubdirectory("bench").FullName;
            try
            {
                await WriteAsync(folder, renewals);
                var judgement = await Judge.VerifyAsync(folder, CancellationToken.None);
                using var process = Process.GetCurrentProcess();
                Console.WriteLine(
                    $"  {judgement.Totals.Events,10:N0} events: peak so far {process.PeakWorkingSet64 >> 20} MB");
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    private static async Task WriteAsync(string folder, int renewals)
    {
        var index = 0L;
        await using var file = BlockFileWriter.Create(
            Path.Combine(folder, EvidenceFiles.History),
            new HistoryHeader
            {
                Mapping = BuiltInMapping.ForWorker(["rpa1"]),
                Server = "none",
                Slot = "none",
                From = "0/1",
            });
        for (var record = 0; record < Records; record++)
        {
            Append(EventKind.Enqueue, 0);
            Append(EventKind.Claim, 1);
            for (var renewal = 0; renewal < renewals; renewal++)
            {
                Append(EventKind.Renew, 1);
            }

            Append(EventKind.Done, 1);
            Append(EventKind.Effect, 1);
            if (file.Pending > 4096)
            {
                await file.FlushAsync();
            }

            void Append(EventKind kind, long epoch)
            {
                var at = index * MicrosecondsPerEvent;
                file.Append(
                    new HistoryEvent
                    {
                        Index = index,
                        CommitLsn = (ulong)index + 2,
                        Xid = (uint)index,
                        At = at,
                        Kind = kind,
                        Queue = "rpa1",
                        Record = $"{record + 1}",
                        Key = $"gss:{record}",
                        Owner = epoch == 0 ? null : "worker",
                        Epoch = epoch,
                        LeaseUntil = kind is EventKind.Claim or EventKind.Renew ? at + 1_000_000 : null,
                    },
                    HistoryFormat.Write);
                index++;
            }
        }

        await file.CompleteAsync(new HistoryEnd
        {
            Gaps = [],
            MarkSeen = true,
            ReadUpTo = "0/FFFF",
            Ignored = 0,
            Reconnects = 0,
            Tables = null,
        });
        await new TrialFacts { Drain = DrainOutcome.Drained, HasClientLog = false }.SaveAsync(
            folder, CancellationToken.None);
    }
}
