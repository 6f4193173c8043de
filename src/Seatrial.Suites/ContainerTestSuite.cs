using Seatrial.Engine.Runs;
using Seatrial.Suites.Distributed;
using Seatrial.Suites.FaultTolerance;
using Seatrial.Suites.Integration;
using Seatrial.Suites.Performance;

namespace Seatrial.Suites;

/// <summary>The suites that a system can be put through.</summary>
public sealed class ContainerTestSuite(IProgress<TrialProgress> progress, TimeProvider clock)
{
    /// <summary>The distributed suite's name.</summary>
    public const string Distributed = "distributed";

    /// <summary>The fault suite's name.</summary>
    public const string Faults = "faults";

    /// <summary>The performance suite's name.</summary>
    public const string Performance = "performance";

    /// <summary>The integration suite's name.</summary>
    public const string Integration = "integration";

    /// <summary>The chaos suite's name: it has a command of its own.</summary>
    public const string Chaos = "chaos";

    /// <summary>The names that a trial takes.</summary>
    public static IReadOnlyList<string> Names { get; } = [Distributed, Faults, Performance, Integration];

    /// <summary>
    /// Thousands of records through several workers, some of which are broken on purpose. An interruption and a
    /// standstill are in the outcome, not thrown; the verdict is the judge's.
    /// </summary>
    public Task<TrialOutcome> RunDistributedProcessingTestsAsync(
        TestEnvironment environment, CancellationToken cancellationToken) =>
        new DistributedSuite(environment, progress, clock).RunAsync(cancellationToken);

    /// <summary>
    /// Every fault that the machine and the system offer, one after the other, under a steady load: each is healed and
    /// overcome before the next. An interruption is in the outcome, not thrown; the verdict is the judge's.
    /// </summary>
    public Task<TrialOutcome> RunFaultToleranceTestsAsync(
        TestEnvironment environment, CancellationToken cancellationToken) =>
        new FaultToleranceSuite(environment, progress, clock).RunAsync(cancellationToken);

    /// <summary>
    /// An open load in phases, and the search for the highest rate that holds the objectives. An interruption is in the
    /// outcome, not thrown; the verdict is the judge's.
    /// </summary>
    public Task<TrialOutcome> RunPerformanceTestsAsync(
        TestEnvironment environment, CancellationToken cancellationToken) =>
        new PerformanceSuite(environment, progress, clock).RunAsync(cancellationToken);

    /// <summary>
    /// Records from HTTP through the balancer and every flow to their published results, with what Prometheus,
    /// Alertmanager and Prefect saw of them. An interruption is in the outcome, not thrown; the verdict is the judge's.
    /// </summary>
    public Task<TrialOutcome> RunIntegrationTestsAsync(
        TestEnvironment environment, CancellationToken cancellationToken) =>
        new IntegrationSuite(environment, progress, clock).RunAsync(cancellationToken);
}
