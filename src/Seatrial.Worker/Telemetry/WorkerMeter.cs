using System.Diagnostics.Metrics;
using Seatrial.Wire;
using Seatrial.Worker.Configuration;
using Seatrial.Worker.Dependencies;
using Seatrial.Worker.Health;
using Seatrial.Worker.Prefect;
using Seatrial.Worker.Processing;

namespace Seatrial.Worker.Telemetry;

/// <summary>
/// The instruments of a worker. What others count already is read when someone asks, and costs nothing else.
/// </summary>
internal sealed class WorkerMeter : IDisposable
{
    private readonly Meter _meter;
    private readonly Lazy<bool> _observed;
    private QueueDepths? _depths;
    private PrefectPart? _prefect;

    public WorkerMeter(
        ContainerConfig config, WorkerContext worker, HealthMonitor monitor, ServiceOrchestrator services)
    {
        _meter = new Meter(new MeterOptions(MetricNames.Meter)
        {
            Version = StartupReports.Versions["worker"],
            Scope = worker.Owner,
        });
        RunDuration = _meter.CreateHistogram<double>(
            MetricNames.JobRunDuration, "s", "How long the flow's code worked on a record.");
        ClaimDuration = _meter.CreateHistogram<double>(
            MetricNames.ClaimDuration, "s", "How long a look for records took, by queue.");
        worker.Progress.ClaimTook = (queue, took) => ClaimDuration.Record(
            took.TotalSeconds, Tag(MetricNames.Labels.Queue, queue));
        _observed = new Lazy<bool>(() =>
        {
            RecoveryInstruments.AddBreakers(_meter, services.Breakers);
            RecoveryInstruments.AddIntake(_meter, worker);
            RecoveryInstruments.AddOutbox(_meter, () => _prefect);
            RecoveryInstruments.AddDepths(_meter, () => _depths);
            AddProgress(worker);
            AddHealth(monitor, services);
            AddResources(monitor);
            AddBuild(config);
            return true;
        });
    }

    /// <summary>Seconds, by queue and result.</summary>
    public Histogram<double> RunDuration { get; }

    /// <summary>Seconds, by queue.</summary>
    public Histogram<double> ClaimDuration { get; }

    /// <summary>What is there only once the worker works.</summary>
    public void Begin(QueueDepths depths, PrefectPart? prefect) => (_depths, _prefect) = (depths, prefect);

    /// <summary>Adds what is read from others, unless it is there.</summary>
    public void Observe() => _ = _observed.Value;

    public void Dispose() => _meter.Dispose();

    private static KeyValuePair<string, object?> Tag(string name, object value) => new(name, value);

    private void AddBuild(ContainerConfig config) => _meter.CreateObservableGauge(
        MetricNames.BuildInfo,
        () => new Measurement<int>(
            1, Tag(MetricNames.Labels.Flow, config.FlowName),
            Tag(MetricNames.Labels.Version, StartupReports.Versions["flow"])),
        description: "Always 1; the labels tell what runs.");

    private void AddProgress(WorkerContext worker)
    {
        var progress = worker.Progress;
        _meter.CreateObservableCounter(
            MetricNames.JobClaimed, () => progress.Claimed, "{job}", "Records that this worker claimed.");
        _meter.CreateObservableCounter(
            MetricNames.JobCompleted, () => progress.Ended, "{job}", "Records that this worker ended.");
        _meter.CreateObservableCounter(
            MetricNames.JobFailed, () => progress.Failed, "{job}", "Attempts that failed.");
        _meter.CreateObservableCounter(
            MetricNames.LeaseExpired, () => progress.Stale, "{job}", "Records that others took over before the end.");
        _meter.CreateObservableUpDownCounter(
            MetricNames.JobsHeld, () => worker.Held.Records, "{job}", "Records under this worker's leases.");
        _meter.CreateObservableUpDownCounter(
            MetricNames.WorkerCount,
            () => Enum.GetValues<WorkerStage>().Select(stage => new Measurement<int>(
                progress.Stage == stage ? 1 : 0,
                Tag(MetricNames.Labels.WorkerState, stage.ToString().ToLowerInvariant()))),
            "{worker}", "1 for the stage that the worker is in.");
    }

    private void AddHealth(HealthMonitor monitor, ServiceOrchestrator services)
    {
        _meter.CreateObservableGauge(
            MetricNames.HealthStatus,
            () => from check in monitor.Checks()
                  from state in Statuses.WorstFirst
                  select new Measurement<int>(
                      check.Value.Status == state ? 1 : 0,
                      Tag(MetricNames.Labels.Check, check.Key), Tag(MetricNames.Labels.State, state)),
            description: "1 for the state that a check is in.");
        _meter.CreateObservableGauge(
            MetricNames.HealthCheckDuration,
            () => monitor.Checks().Select(check => new Measurement<double>(
                check.Value.CheckDuration, Tag(MetricNames.Labels.Check, check.Key))),
            "s", "How long a check took at the last beat.");
        _meter.CreateObservableGauge(
            MetricNames.DependencyUp,
            () => services.Dependencies.Select(dependency => new Measurement<int>(
                dependency.State == DependencyStatus.Up ? 1 : 0,
                Tag(MetricNames.Labels.Dependency, dependency.Name))),
            description: "1 while a database or service is up.");
    }

    private void AddResources(HealthMonitor monitor)
    {
        const double Megabyte = ContainerLimitsReader.Megabyte;
        _meter.CreateObservableCounter(
            MetricNames.CpuTime, () => monitor.CpuTime.TotalSeconds, "s", "CPU time of the container.");
        _meter.CreateObservableGauge(
            MetricNames.CpuUtilization, () => monitor.CheckResourceUsage().CpuUsagePercent / 100, "1",
            "Share of the CPUs that the container may use.");
        _meter.CreateObservableUpDownCounter(
            MetricNames.MemoryWorkingSet, () => monitor.CheckResourceUsage().MemoryUsageMb * Megabyte, "By",
            "Memory that the kernel could not drop.");
        _meter.CreateObservableUpDownCounter(
            MetricNames.MemoryLimit, () => monitor.CheckResourceUsage().MemoryLimitMb * Megabyte, "By",
            "Memory that the container may use.");
        _meter.CreateObservableUpDownCounter(
            MetricNames.DiskUsage, () => monitor.CheckResourceUsage().DiskUsageMb * Megabyte, "By",
            "Used on the file system that the worker writes to.");
        _meter.CreateObservableUpDownCounter(
            MetricNames.NetworkConnections, () => monitor.CheckResourceUsage().NetworkConnections, "{connection}",
            "Established TCP connections.");
    }
}
