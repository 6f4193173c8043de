using System.Globalization;
using Seatrial.Engine.Checks;
using Seatrial.Engine.Environments;
using Seatrial.Engine.Measurements;
using Seatrial.Engine.Measurements.Bottlenecks;
using Seatrial.Engine.Recovery;
using Seatrial.Engine.Runs;
using Seatrial.Wire;

namespace Seatrial.Suites;

/// <summary>Writes down, beside a trial, what its containers and its database use, and reads it back.</summary>
internal static class Measuring
{
    /// <summary>Where the worker's framework answers unless it is told otherwise.</summary>
    private const int HealthPort = 8080;

    /// <summary>What a fault did is seen for so long after it.</summary>
    private static readonly TimeSpan _aftermath = TimeSpan.FromSeconds(5);

    /// <summary>Ends by cancellation.</summary>
    public static Task WatchAsync(
        TestEnvironment environment, TimeProvider clock, CancellationToken cancellationToken) =>
        new PerformanceMonitor(environment.Driver, clock).MonitorResourceUsageAsync(
            new MonitoredSystem
            {
                Containers = () => environment.Containers.Containers,
                Database = environment.Administration,
                Metrics = container => MetricsOf(environment, container),
                Folder = environment.Folder.Path,
            },
            cancellationToken);

    /// <summary>What a run's folder holds, with what its history says of the queues; null where nothing was
    /// watched.</summary>
    public static PerformanceEvidence? Read(
        RunFolder folder, RunRecord record, TrialFacts facts, Judgement judgement) =>
        PerformanceEvidence.Read(folder.Path, facts.LoadStartedAt ?? record.StartedAt) is { } evidence
            ? evidence with
            {
                Stages = [.. judgement.Series.Select(series => new StageLoad(
                    series.Queue,
                    [.. facts.Workers.Where(worker => worker.Queue == series.Queue)
                        .Select(worker => worker.Container).Distinct()],
                    series.Done,
                    series.Backlog))],
                Settings = record.Settings,
                Disturbed =
                [
                    .. record.Faults.Where(fault => fault.BeganAt is not null).Select(fault => new Window(
                        fault.BeganAt.GetValueOrDefault(),
                        (fault.ConfirmedHealedAt ?? DateTimeOffset.MaxValue - _aftermath) + _aftermath)),
                ],
            }
            : null;

    /// <summary>A worker's, where it is one of ours; another does not answer there.</summary>
    private static Uri? MetricsOf(TestEnvironment environment, RunningContainer container) =>
        environment.Plan.Project.Services.TryGetValue(container.Service, out var service)
        && service.Environment.ContainsKey(ContainerVariables.FlowName)
        && container.Addresses.Values.FirstOrDefault(address => address.Length > 0) is { } host
            ? new UriBuilder(Uri.UriSchemeHttp, host, Port(service.Environment), "metrics").Uri : null;

    private static int Port(IReadOnlyDictionary<string, string> environment) => int.TryParse(
        environment.GetValueOrDefault(ContainerVariables.HealthPort), CultureInfo.InvariantCulture, out var port)
        ? port : HealthPort;

    /// <summary>What the workers' containers used of the processor.</summary>
    public static IReadOnlyList<ProcessorUse> Processors(PerformanceEvidence? evidence, TrialFacts facts) =>
    [
        .. (evidence?.Resources ?? [])
            .Where(series => facts.Workers.Any(worker => worker.Container == series.Container))
            .Select(series => new ProcessorUse(
                series.Container, [.. series.Samples.Select(sample => new ProcessorSample(sample.At, sample.Cpu))])),
    ];
}
