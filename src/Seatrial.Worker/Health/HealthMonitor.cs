using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Seatrial.Wire;
using Seatrial.Worker.Configuration;
using Seatrial.Worker.Dependencies;
using Seatrial.Worker.Processing;

namespace Seatrial.Worker.Health;

/// <summary>Knows how the container is; asks on its own beat, so that a probe costs nothing.</summary>
public sealed partial class HealthMonitor
{
    private const string Database = "database";
    private const string Application = "application";
    private const string Resources = "resources";
    private const string Services = "services";
    private const string EveryDatabase = "Every database answers.";

    // A worker may miss two beats before it counts as cut off.
    private const int BeatsToForget = 3;

    private readonly HealthSources _sources;
    private readonly ILogger _logger;
    private readonly ConcurrentDictionary<string, Func<HealthStatus>> _more = new(StringComparer.Ordinal);
    private IReadOnlyDictionary<string, HealthStatus> _checks;
    private long _askedAt;

    internal HealthMonitor(HealthSources sources)
    {
        _sources = sources;
        _logger = sources.Logger;
        _checks = new Dictionary<string, HealthStatus>
        {
            [Database] = Statuses.Create(
                HealthStatus.Unhealthy, "No database has been asked yet.", [], sources.Time, Now),
        };
    }

    /// <summary>
    /// Runs each database's health query; unhealthy if a required one does not answer in time, degraded if an optional
    /// one does not.
    /// </summary>
    public async Task<HealthStatus> CheckDatabaseHealthAsync(CancellationToken cancellationToken = default)
    {
        var began = Now;
        var databases = _sources.Services.Databases;
        var timeout = Config.HealthCheckConfig.Timeout;
        var states = await Task.WhenAll(
            databases.Select(database => database.CheckAsync(timeout, cancellationToken))).ConfigureAwait(false);
        return Statuses.OfDependencies(states, EveryDatabase, Details(databases), _sources.Time, began);
    }

    /// <summary>
    /// Whether work goes on: degraded when records are held for longer than a lease and none of them moves.
    /// </summary>
    public HealthStatus CheckApplicationHealth() => _sources.Worker is { } worker
        ? ApplicationChecks.Check(worker)
        : Statuses.Create(HealthStatus.Healthy, "No worker runs in this process.", [], _sources.Time, Now);

    /// <summary>Of the container, since it started.</summary>
    internal TimeSpan CpuTime => _sources.Resources.CpuTime;

    /// <summary>What the container uses of what it may use.</summary>
    public ResourceStatus CheckResourceUsage() => _sources.Resources.Sample();

    /// <summary>The figures behind the checks, by the names of <see cref="MetricNames"/>; states are 0 and 1.</summary>
    public IReadOnlyDictionary<string, double> ExportHealthMetrics()
    {
        var figures = new Dictionary<string, double>();
        foreach (var (name, check) in Checks())
        {
            foreach (var state in Statuses.WorstFirst)
            {
                figures[$"{MetricNames.HealthStatus}{{{name},{state}}}"] = check.Status == state ? 1 : 0;
            }

            figures[$"{MetricNames.HealthCheckDuration}{{{name}}}"] = check.CheckDuration;
        }

        var usage = CheckResourceUsage();
        figures[MetricNames.CpuUtilization] = usage.CpuUsagePercent / 100;
        figures[MetricNames.MemoryWorkingSet] = usage.MemoryUsageMb * ContainerLimitsReader.Megabyte;
        figures[MetricNames.MemoryLimit] = usage.MemoryLimitMb * ContainerLimitsReader.Megabyte;
        figures[MetricNames.DiskUsage] = usage.DiskUsageMb * ContainerLimitsReader.Megabyte;
        figures[MetricNames.NetworkConnections] = usage.NetworkConnections;
        return figures;
    }

    /// <summary>A check of another part of the worker; it must answer at once.</summary>
    internal void Add(string name, Func<HealthStatus> check) => _more[name] = check;

    /// <summary>The last beat's word on what has to be asked, and the application's state of now.</summary>
    internal IReadOnlyDictionary<string, HealthStatus> Checks()
    {
        var checks = new Dictionary<string, HealthStatus> { [Application] = CheckApplicationHealth() };
        foreach (var (name, check) in Volatile.Read(ref _checks))
        {
            checks.TryAdd(name, check);
        }

        return checks;
    }

    /// <summary>What <c>/health</c> answers.</summary>
    internal HealthReport Report()
    {
        var checks = Checks();
        return new HealthReport
        {
            Status = Statuses.Worst(checks.Values),
            Flow = Config.FlowName,
            Owner = _sources.Worker?.Owner ?? "",
            Checks = checks,
            Resources = CheckResourceUsage(),
        };
    }

    /// <summary>
    /// Takes over what was seen of the databases while they were waited for: no beat is needed to be ready.
    /// </summary>
    internal void Begin()
    {
        var databases = _sources.Services.Databases;
        Interlocked.Exchange(ref _askedAt, _sources.Time.GetTimestamp());
        Volatile.Write(ref _checks, new Dictionary<string, HealthStatus>
        {
            [Database] = Statuses.OfDependencies(
                [.. databases.Select(database => database.Status)], EveryDatabase, Details(databases), _sources.Time,
                Now),
        });
    }

    /// <summary>Null when the schema has been brought up to date.</summary>
    internal string? NotStartedBecause() =>
        _sources.Worker?.Progress.Stage == WorkerStage.Starting ? $"starting: {WaitingFor()}" : null;

    /// <summary>Null when records can be worked on now.</summary>
    internal string? NotReadyBecause()
    {
        var checks = Volatile.Read(ref _checks);
        var database = checks[Database];
        var age = _sources.Time.GetElapsedTime(Interlocked.Read(ref _askedAt));
        var health = Config.HealthCheckConfig;
        var stage = _sources.Worker?.Progress.Stage ?? WorkerStage.Working;
        return stage switch
        {
            WorkerStage.Starting => NotStartedBecause(),
            WorkerStage.Draining => "draining.",
            WorkerStage.Working when database.Status == HealthStatus.Unhealthy => database.Message,
            WorkerStage.Working when age > (health.Interval * BeatsToForget) + health.Timeout =>
                $"the database was last asked {age.TotalSeconds:F1} s ago.",
            WorkerStage.Working => checks.Values
                .Where(check => check.Status == HealthStatus.Unhealthy)
                .Select(check => check.Message)
                .FirstOrDefault(),
        };
    }

    /// <summary>Asks on each beat, until cancelled; logs changes, not polls.</summary>
    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Config.HealthCheckConfig.Interval, _sources.Time);
        do
        {
            var (before, now) = (_checks, await AskAsync(cancellationToken).ConfigureAwait(false));
            Volatile.Write(ref _checks, now);
            Interlocked.Exchange(ref _askedAt, _sources.Time.GetTimestamp());
            foreach (var (name, check) in now)
            {
                var old = before.GetValueOrDefault(name)?.Status ?? HealthStatus.Healthy;
                if (check.Status != old)
                {
                    var details = string.Join("; ", check.Details.Select(detail => $"{detail.Key}: {detail.Value}"));
                    Tell(name, old, check, details);
                }
            }
        }
        while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false));
    }

    private ContainerConfig Config => _sources.Config.Current;

    private long Now => _sources.Time.GetTimestamp();

    private Dictionary<string, string> Details(IReadOnlyList<Dependency> databases)
    {
        var details = new Dictionary<string, string>();
        foreach (var database in databases)
        {
            var pool = Config.DatabaseConnections[database.Plan.Name].ConnectionPoolSize;
            details[database.Plan.Name] = database.Fault?.ToString()
                ?? FormattableString.Invariant($"{database.Timing}, pool of {pool}");
        }

        return details;
    }

    private async Task<IReadOnlyDictionary<string, HealthStatus>> AskAsync(CancellationToken cancellationToken)
    {
        var services = CheckServicesAsync(cancellationToken);
        var checks = new Dictionary<string, HealthStatus>
        {
            [Application] = CheckApplicationHealth(),
            [Database] = await CheckDatabaseHealthAsync(cancellationToken).ConfigureAwait(false),
            [Resources] = ResourceChecks.Check(CheckResourceUsage(), Config.ResourceLimits, _sources.Time),
        };
        if (await services.ConfigureAwait(false) is { } service)
        {
            checks[Services] = service;
        }

        foreach (var (name, check) in _more.OrderBy(one => one.Key, StringComparer.Ordinal))
        {
            checks[name] = check();
        }

        return checks;
    }

    private async Task<HealthStatus?> CheckServicesAsync(CancellationToken cancellationToken)
    {
        var began = Now;
        var services = _sources.Services.Services;
        if (services.Count == 0)
        {
            return null;
        }

        var timeout = Config.HealthCheckConfig.Timeout;
        var states = await Task.WhenAll(
            services.Select(service => service.CheckWhenDueAsync(timeout, cancellationToken))).ConfigureAwait(false);
        var details = services.ToDictionary(
            service => service.Plan.Name, service => service.Fault?.ToString() ?? service.Timing);
        return Statuses.OfDependencies(states, "Every service answers.", details, _sources.Time, began);
    }

    private string WaitingFor()
    {
        var away = _sources.Services.Dependencies
            .Where(status => status is { Required: true, State: not DependencyStatus.Up })
            .Select(status => status.Message.Length == 0
                ? $"{status.Name} is waited for."
                : $"{status.Name} is waited for ({status.Cause}): {status.Message}")
            .ToList();
        return away.Count == 0 ? "the schema is not up to date yet." : string.Join(' ', away);
    }

    // A level of its own for each: one that is given costs a start some milliseconds of compiling.
    private void Tell(string name, string old, HealthStatus check, string details)
    {
        if (check.Status == HealthStatus.Healthy)
        {
            LogBetter(name, old, check.Status, check.Message, details);
        }
        else
        {
            LogWorse(name, old, check.Status, check.Message, details);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Health of {Check} went from {Before} to {Now}: {Reason} ({Details})")]
    private partial void LogBetter(string check, string before, string now, string reason, string details);

    [LoggerMessage(
        Level = LogLevel.Warning, Message = "Health of {Check} went from {Before} to {Now}: {Reason} ({Details})")]
    private partial void LogWorse(string check, string before, string now, string reason, string details);
}
