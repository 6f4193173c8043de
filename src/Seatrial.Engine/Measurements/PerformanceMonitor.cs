using Seatrial.Engine.Drivers;
using Seatrial.Engine.Measurements.Bottlenecks;
using Seatrial.Engine.Measurements.Databases;
using Seatrial.Engine.Measurements.Resources;

namespace Seatrial.Engine.Measurements;

/// <summary>What a running system uses, what holds it up, and what would help.</summary>
public sealed class PerformanceMonitor(IContainerDriver driver, TimeProvider clock)
{
    /// <summary>
    /// Writes down what each container uses and what its database says of itself, until it is cancelled; then returns
    /// what was seen. Cancelling is its end, and is not thrown. Containers on other hosts are not seen.
    /// </summary>
    public async Task<ResourceReading> MonitorResourceUsageAsync(
        MonitoredSystem system, CancellationToken cancellationToken)
    {
        var containers = new ResourceRecorder(driver, system, clock).RecordAsync(cancellationToken);
        var database = system.Database is { } access
            ? new DatabaseRecorder(access, system.Folder, clock).RecordAsync(cancellationToken) : Task.CompletedTask;
        await Task.WhenAll(containers, database);
        return ResourceFile.Read(system.Folder) ?? new ResourceReading([], "nothing was recorded");
    }

    /// <summary>
    /// What holds a system up, the likeliest cause first: a pure function of its figures. Nothing is named while no
    /// work waits, but for what leaks.
    /// </summary>
    public static IReadOnlyList<Bottleneck> DetectPerformanceBottlenecks(PerformanceEvidence evidence) =>
        BottleneckFinder.Find(evidence);

    /// <summary>What to give the services instead: limits, pools, batches, replicas; nothing is changed.</summary>
    public static IReadOnlyList<ResourceProposal> OptimizeResourceAllocation(PerformanceEvidence evidence) =>
        ResourceProposals.Of(evidence, DetectPerformanceBottlenecks(evidence));

    /// <summary>All of it, as reports show it.</summary>
    public static PerformanceReport GeneratePerformanceReport(PerformanceEvidence evidence)
    {
        var bottlenecks = DetectPerformanceBottlenecks(evidence);
        return new PerformanceReport
        {
            Containers = ContainerUses.Of(evidence.Resources, evidence.Zero),
            Database = DatabaseUses.Of(evidence.Database, evidence.Resources),
            Bottlenecks = bottlenecks,
            Proposals = ResourceProposals.Of(evidence, bottlenecks),
            Gaps = evidence.Gaps,
        };
    }
}
