using Seatrial.Engine.Measurements;
using Seatrial.Engine.Measurements.Bottlenecks;
using Seatrial.Engine.Measurements.Databases;
using Seatrial.Engine.Measurements.Resources;

namespace Seatrial.Engine.Tests.Measurements;

public sealed class BottleneckTests
{
    private const string Slow = "select * from answers where person = 4711";

    [Fact]
    public void A_healthy_system_has_no_cause_named() =>
        Assert.Empty(PerformanceMonitor.DetectPerformanceBottlenecks(Evidence.Of(backlog: 60)));

    [Fact]
    public void A_healthy_system_that_catches_up_with_all_it_has_has_none_named() =>
        Assert.Empty(PerformanceMonitor.DetectPerformanceBottlenecks(Evidence.Of(
            worker: (i, sample) => sample with { Cpu = 2.6 * i / 4 },
            database: (i, sample) => sample with { Cpu = 0.7 * i / 4 },
            said: (_, sample) => Busy(sample),
            machine: 3.4)));

    [Fact]
    public void A_backlog_that_nothing_explains_is_a_handler_that_waits()
    {
        var seen = Assert.Single(PerformanceMonitor.DetectPerformanceBottlenecks(Evidence.Of()));
        Assert.Equal(("slow-handler", Evidence.Worker), (seen.Name, seen.Where));
        Assert.True(seen.Confidence < 0.5, $"{seen.Confidence}");
    }

    [Fact]
    public void A_limit_that_cuts_periods_short_is_named_with_the_limit_to_try()
    {
        var seen = First(Evidence.Of(worker: (i, sample) => sample with
        {
            Cpu = 0.2 * i / 4,
            CpuLimit = 0.2,
            Periods = i * 5 / 2,
            Throttled = i * 9 / 4,
            ThrottledFor = 0.5 * i / 4,
        }));
        Assert.Equal(("cpu-limit", Evidence.Worker), (seen.Name, seen.Where));
        Assert.True(seen.Confidence > 0.85, $"{seen.Confidence}");
        Assert.Equal(new ResourceChange("rpa1", "deploy.resources.limits.cpus", 0.2, 0.8), seen.Change);
    }

    [Fact]
    public void Locks_held_too_long_are_named_with_who_holds_them()
    {
        var seen = First(Evidence.Of(said: (_, sample) => sample with
        {
            Sessions =
            [
                new SessionCount(Evidence.WorkerAddress, "active", "Lock", "transactionid", 3),
                new SessionCount(Evidence.WorkerAddress, "idle in transaction", "Client", "ClientRead", 1),
            ],
            Locks =
            [
                new LockWait(Evidence.WorkerAddress, "update totals set n = n + 1", 1.5, 77, Evidence.WorkerAddress,
                    "worker", "idle in transaction", "update totals set n = n + 1 where id = 1", 2.5, IsRoot: true),
            ],
        }));
        Assert.Equal(("lock", Evidence.Worker), (seen.Name, seen.Where));
        Assert.Contains("update totals set n = n + 1 where id = 1", seen.Summary, StringComparison.Ordinal);
        Assert.Contains(seen.Evidence, figure => figure is { Series: "longest wait", Value: "1.50 s" });
    }

    [Fact]
    public void A_big_table_that_is_scanned_is_a_missing_index_and_no_slow_query()
    {
        var found = PerformanceMonitor.DetectPerformanceBottlenecks(Evidence.Of(
            database: (i, sample) => sample with { Cpu = 0.9 * i / 4 },
            said: (i, sample) => Scanned(i, sample, rows: 500_000)));
        var seen = Assert.Single(found);
        Assert.Equal(("missing-index", "public.answers"), (seen.Name, seen.Where));
        Assert.Contains("where person = ?", seen.Recommendation, StringComparison.Ordinal);
    }

    [Fact]
    public void A_small_table_may_be_scanned_as_often_as_it_likes()
    {
        var seen = Assert.Single(PerformanceMonitor.DetectPerformanceBottlenecks(Evidence.Of(
            said: (i, sample) => Scanned(i, sample, rows: 200))));
        Assert.Equal("slow-query", seen.Name);
    }

    [Fact]
    public void A_statement_that_takes_the_sessions_time_is_named_once_for_all_its_values()
    {
        var seen = First(Evidence.Of(said: (i, sample) => Busy(sample) with
        {
            Running = [new RunningStatement(Evidence.WorkerAddress, $"select score({i}, 'x{i}')", 0.8, "")],
        }));
        Assert.Equal("slow-query", seen.Name);
        Assert.Contains("select score(?, ?)", seen.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pool_of_two_whose_sessions_are_always_taken_is_too_small()
    {
        var seen = First(Evidence.Of(
            worker: (i, sample) => sample with { Cpu = 0.05 * i / 4 },
            database: (i, sample) => sample with { Cpu = 0.05 * i / 4 },
            said: (_, sample) => sample with
            {
                Sessions =
                [
                    new SessionCount(Evidence.WorkerAddress, "idle in transaction", "Client", "ClientRead", 2),
                    new SessionCount(Evidence.WorkerAddress, "idle", "Client", "ClientRead", 1),
                ],
            }));
        Assert.Equal(("pool", Evidence.Worker), (seen.Name, seen.Where));
        Assert.Equal((2, 8), (seen.Change?.Now, seen.Change?.Proposed));
    }

    [Fact]
    public void A_pool_whose_connections_handlers_hold_and_do_not_use_is_told_by_the_worker()
    {
        var seen = First(Evidence.Of(worker: (i, sample) => sample with
        {
            Cpu = 0.05 * i / 4,
            Runtime = i % 4 == 0 ? new RuntimeSample(0.01 * i / 4, 0, 2, 2) : null,
        }));
        Assert.Equal(("pool", 2), (seen.Name, seen.Change?.Now));
    }

    [Fact]
    public void Pauses_for_garbage_are_named()
    {
        var seen = First(Evidence.Of(worker: (i, sample) => sample with
        {
            Runtime = i % 4 == 0 ? new RuntimeSample(0.2 * i / 4, 0, 1, 8) : null,
        }));
        Assert.Equal(("garbage", Evidence.Worker), (seen.Name, seen.Where));
    }

    [Fact]
    public void A_handler_that_keeps_memory_is_named_without_any_backlog()
    {
        var seen = First(Evidence.Of(
            worker: (i, sample) => sample with { Anonymous = (80L << 20) + (i * 200_000L) + (i % 5 * 900_000L) },
            backlog: 0,
            seconds: 120));
        Assert.Equal(("leak", Evidence.Worker), (seen.Name, seen.Where));
        Assert.True(seen.Confidence > 0.9, $"{seen.Confidence}");
    }

    [Fact]
    public void A_worker_that_writes_too_much_is_named()
    {
        var seen = First(Evidence.Of(worker: (i, sample) => sample with { Log = 500_000L * i }));
        Assert.Equal(("logging", Evidence.Worker), (seen.Name, seen.Where));
        Assert.Contains(seen.Evidence, figure => figure is { Series: "bytes a record", Value: "20,000" });
    }

    [Fact]
    public void Processors_that_the_engine_spends_on_a_worker_s_output_are_the_worker_s()
    {
        var seen = PerformanceMonitor.DetectPerformanceBottlenecks(Evidence.Of(
            worker: (i, sample) => sample with { Cpu = 0.5 * i / 4, Log = 125_000L * i }, machine: 3.9));

        Assert.Equal("logging", Assert.Single(seen).Name);
    }

    [Fact]
    public void A_worker_on_one_thread_needs_replicas_and_a_machine_that_is_full_does_not()
    {
        var alone = First(Evidence.Of(worker: (i, sample) => sample with { Cpu = 0.98 * i / 4 }));
        Assert.Equal(("worker-cpu", "deploy.replicas"), (alone.Name, alone.Change?.Setting));

        var full = First(Evidence.Of(worker: (i, sample) => sample with { Cpu = 0.98 * i / 4 }, machine: 3.9));
        Assert.Equal(("processors", "host"), (full.Name, full.Where));
        Assert.Null(full.Change);
    }

    [Fact]
    public void Commits_that_wait_for_the_log_ask_for_bigger_batches()
    {
        var seen = First(Evidence.Of(said: (_, sample) => sample with
        {
            Sessions = [new SessionCount(Evidence.WorkerAddress, "active", "IO", "WALSync", 3)],
        }));
        Assert.Equal(("commits", "CONTAINER_WORKER__BATCH_SIZE"), (seen.Name, seen.Change?.Setting));
    }

    [Fact]
    public void Nothing_is_named_where_no_work_waits() => Assert.Empty(PerformanceMonitor.DetectPerformanceBottlenecks(
        Evidence.Of(
            worker: (i, sample) => sample with { CpuLimit = 0.2, Periods = i, Throttled = i },
            said: (_, sample) => Busy(sample) with
            {
                Running = [new RunningStatement(Evidence.WorkerAddress, Slow, 3, "")],
            },
            backlog: 8)));

    [Fact]
    public void What_a_fault_did_is_no_bottleneck() => Assert.Empty(PerformanceMonitor.DetectPerformanceBottlenecks(
        Evidence.Of(
            worker: (i, sample) => sample with { Cpu = 2.5 * i / 4, CpuLimit = 3, Periods = i, Throttled = i }) with
        {
            Disturbed = [new Window(Evidence.Zero.AddSeconds(3), Evidence.Zero.AddSeconds(57))],
        }));

    [Fact]
    public void Limits_that_were_never_used_are_lowered_and_tight_ones_raised()
    {
        var proposals = PerformanceMonitor.OptimizeResourceAllocation(Evidence.Of(
            worker: (_, sample) => sample with { CpuLimit = 2, MemoryLimit = 110 << 20 },
            database: (_, sample) => sample with { MemoryLimit = 2L << 30 },
            backlog: 0));
        Assert.Equal(
            [
                ("db", "deploy.resources.limits.memory", "2 GiB", "208 MiB"),
                ("rpa1", "deploy.resources.limits.memory", "110 MiB", "160 MiB"),
                ("rpa1", "deploy.resources.limits.cpus", "2", "0.6"),
            ],
            proposals.Select(one => (
                one.Change.Service,
                one.Change.Setting,
                ResourceSettings.Show(one.Change.Setting, one.Change.Now),
                ResourceSettings.Show(one.Change.Setting, one.Change.Proposed))));
    }

    private static Bottleneck First(PerformanceEvidence evidence)
    {
        var found = PerformanceMonitor.DetectPerformanceBottlenecks(evidence);
        Assert.NotEmpty(found);
        return found[0];
    }

    private static DatabaseSample Busy(DatabaseSample sample) => sample with
    {
        Sessions = [new SessionCount(Evidence.WorkerAddress, "active", "", "", 1)],
    };

    private static DatabaseSample Scanned(int i, DatabaseSample sample, long rows) => Busy(sample) with
    {
        Tables = i % 4 == 0 ? [new TableCounters("public.answers", 4 * i, 4 * i * rows, 100, rows, 0)] : null,
        Running = [new RunningStatement(Evidence.WorkerAddress, Slow, 0.4, "")],
    };
}
