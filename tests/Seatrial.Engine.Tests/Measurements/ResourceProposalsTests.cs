using CsCheck;
using Seatrial.Engine.Measurements;
using Seatrial.Engine.Measurements.Bottlenecks;
using Seatrial.Engine.Measurements.Databases;
using Seatrial.Engine.Measurements.Resources;
using Seatrial.Engine.Tests.Compose;
using Seatrial.Engine.Text;
using Seatrial.Wire;

namespace Seatrial.Engine.Tests.Measurements;

public sealed class ResourceProposalsTests
{
    [Fact]
    public void The_surest_cause_comes_first_then_what_only_has_the_wrong_size()
    {
        var proposals = PerformanceMonitor.OptimizeResourceAllocation(Evidence.Of(
            worker: (i, sample) => sample with { Cpu = 0.98 * i / 4, MemoryLimit = 110 << 20 },
            said: (_, sample) => AtTheLog(sample)));

        Assert.Equal(["commits", "worker-cpu", null], proposals.Select(one => one.Cause));
        Assert.Equal([0.8, 0.6, 0], proposals.Select(one => one.Confidence));
        Assert.Equal([2, 3, null], proposals.Select(one => one.Gain));
        Assert.DoesNotContain("", proposals.Select(one => one.ExpectedGain));
    }

    [Fact]
    public void Batches_are_doubled_from_what_the_workers_were_told()
    {
        var evidence = Evidence.Of(said: (_, sample) => AtTheLog(sample));
        Assert.Equal(new ResourceChange("rpa1", ContainerVariables.BatchSize, 100, 200), Of(evidence));

        var settings = evidence.Settings[0];
        Assert.Equal(10_000, Of(evidence with { Settings = [settings with { BatchSize = 7_000 }] })?.Proposed);
        Assert.Null(Of(evidence with { Settings = [settings with { BatchSize = 10_000 }] }));
        Assert.Null(Of(evidence with { Settings = [settings with { BatchSize = null }] }));
        Assert.Null(Of(evidence with { Settings = [] }));
    }

    [Fact]
    public void Replicas_are_more_than_there_are()
    {
        var evidence = Evidence.Of(worker: (i, sample) => sample with { Cpu = 0.98 * i / 4 });
        var worker = evidence.Resources.Single(series => series.Container == Evidence.Worker);
        var second = worker with { Container = "rpa1-2", Addresses = [] };

        Assert.Equal(new ResourceChange("rpa1", ResourceSettings.Replicas, 1, 3), Of(evidence));
        Assert.Equal(
            new ResourceChange("rpa1", ResourceSettings.Replicas, 2, 4),
            Of(evidence with { Resources = [.. evidence.Resources, second] }));
    }

    [Fact]
    public void A_pool_is_raised_where_a_variable_bounds_it_and_is_another_s_where_it_does_not()
    {
        var evidence = Evidence.Of(
            worker: (i, sample) => sample with
            {
                Cpu = 0.05 * i / 4,
                Runtime = i % 4 == 0 ? new RuntimeSample(0.01 * i / 4, 0, 2, 2) : null,
            },
            database: (i, sample) => sample with { Cpu = 0.05 * i / 4 });

        Assert.Equal(new ResourceChange("rpa1", ContainerVariables.QueuePoolSize, 2, 8), Of(evidence));
        Assert.Equal(
            new ResourceChange("rpa1", ResourceSettings.Replicas, 1, 2),
            Of(evidence with { Settings = [new WorkerSettings("rpa1", 100, 8)] }));
        Assert.Equal(
            new ResourceChange("rpa1", ResourceSettings.Replicas, 1, 2), Of(evidence with { Settings = [] }));
    }

    [Fact]
    public void Handlers_that_wait_for_something_else_are_doubled() => Assert.Equal(
        new ResourceChange("rpa1", ResourceSettings.Replicas, 1, 2), Of(Evidence.Of()));

    [Fact]
    public void Pauses_for_garbage_ask_for_memory_where_it_is_limited()
    {
        Assert.Equal(
            new ResourceChange("rpa1", ResourceSettings.Memory, 256 << 20, 384 << 20),
            Of(Evidence.Of(worker: (i, sample) => Paused(i, sample) with { MemoryLimit = 256 << 20 })));
        Assert.DoesNotContain(
            PerformanceMonitor.OptimizeResourceAllocation(Evidence.Of(worker: Paused)),
            one => one.Cause is "garbage");
    }

    [Fact]
    public void What_is_written_into_a_file_reads_back_as_the_same_number()
    {
        Gen.Long[1, 1L << 45].Sample(bytes =>
            ByteSizes.Parse(ResourceSettings.Text(ResourceSettings.Memory, bytes)) == bytes);
        Assert.Equal("208m", ResourceSettings.Text(ResourceSettings.Memory, 208 << 20));
        Assert.Equal("0.8", ResourceSettings.Text(ResourceSettings.Cpus, 0.8));
        Assert.Equal("12000", ResourceSettings.Text(ContainerVariables.BatchSize, 12_000));
    }

    [Fact]
    public void Workers_are_told_by_variables_by_files_or_not_at_all()
    {
        var reading = ComposeText.Read("""
            services:
              plain: {image: a, environment: {CONTAINER_FLOW_NAME: a}}
              said: {image: a, environment: {CONTAINER_FLOW_NAME: a, CONTAINER_WORKER__BATCH_SIZE: 50}}
              file: {image: a, environment: {CONTAINER_FLOW_NAME: a, CONTAINER_CONFIG_FILE: /run/a.json}}
              other: {image: a}
            """);
        Assert.NotNull(reading.Project);
        Assert.Equal(
            [new("plain", 100, 8), new("said", 50, 8), new("file", null, null)], WorkerSettings.Of(reading.Project));
    }

    private static ResourceChange? Of(PerformanceEvidence evidence) =>
        PerformanceMonitor.OptimizeResourceAllocation(evidence) is [var first, ..] ? first.Change : null;

    private static DatabaseSample AtTheLog(DatabaseSample sample) => sample with
    {
        Sessions = [new SessionCount(Evidence.WorkerAddress, "active", "IO", "WALSync", 3)],
    };

    private static ResourceSample Paused(int i, ResourceSample sample) => sample with
    {
        Runtime = i % 4 == 0 ? new RuntimeSample(0.2 * i / 4, 0, 1, 8) : null,
    };
}
