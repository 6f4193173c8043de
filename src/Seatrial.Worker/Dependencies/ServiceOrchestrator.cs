using Microsoft.Extensions.Logging;
using Seatrial.Wire;
using Seatrial.Worker.Configuration;
using Seatrial.Worker.Recovery;

namespace Seatrial.Worker.Dependencies;

/// <summary>Knows what the container depends on, waits for it, and decides what a failure of it means.</summary>
public sealed partial class ServiceOrchestrator
{
    private static readonly RetryConfig _serviceRetry =
        new() { FirstDelay = TimeSpan.FromMilliseconds(100), MaxDelay = TimeSpan.FromSeconds(5) };

    private readonly Dependency[] _databases;
    private readonly Dependency[] _services;
    private readonly ILogger _logger;

    internal ServiceOrchestrator(
        LiveConfig config, DatabaseConnections connections, CircuitBreakers breakers, TimeProvider time, ILogger logger)
    {
        _logger = logger;
        Breakers = breakers;
        var start = config.Current;
        _databases =
        [
            .. start.DatabaseConnections.Select(database => new Dependency(
                PlanOf(database.Key, database.Value, config),
                new DatabaseProbe(
                    connections[database.Key], connections.TargetOf(database.Key),
                    () => config.Current.DatabaseConnections[database.Key].HealthCheckQuery, time),
                breakers.Seldom(database.Key, database.Value.RetryConfig), time, logger)),
        ];
        _services =
        [
            .. start.ServiceDependencies.Select(service => new Dependency(
                PlanOf(service, config), new ServiceProbe(service.HealthEndpoint, time),
                breakers.Seldom(service.ServiceName, _serviceRetry), time, logger)),
        ];
    }

    internal CircuitBreakers Breakers { get; }

    /// <summary>Every dependency as it was last seen.</summary>
    public IReadOnlyList<DependencyStatus> Dependencies => [.. All.Select(dependency => dependency.Status)];

    internal IReadOnlyList<Dependency> Databases => _databases;

    internal IReadOnlyList<Dependency> Services => _services;

    private IEnumerable<Dependency> All => _databases.Concat(_services);

    /// <summary>Waits for every required database; false when one of them is still away at the end.</summary>
    public Task<bool> WaitForDatabaseAsync(TimeSpan timeout, CancellationToken cancellationToken = default) =>
        WaitAsync(_databases.Where(database => database.Plan.Required), _ => timeout, cancellationToken);

    /// <summary>
    /// Waits for the service <c>PREFECT</c>; false when it is still away at the end, true when none is configured.
    /// </summary>
    public Task<bool> WaitForPrefectServerAsync(TimeSpan timeout, CancellationToken cancellationToken = default) =>
        WaitAsync(
            _services.Where(service => service.Plan.Name == ContainerVariables.PrefectService), _ => timeout,
            cancellationToken);

    /// <summary>Asks every dependency once.</summary>
    public async Task<ServiceHealthStatus> ValidateServiceHealthAsync(CancellationToken cancellationToken = default)
    {
        var states = await Task.WhenAll(All.Select(
            dependency => dependency.CheckAsync(dependency.Plan.AttemptTimeout(), cancellationToken)))
            .ConfigureAwait(false);
        return ServiceHealthStatus.Of(states);
    }

    /// <summary>Looks whether a dependency that failed is back, and decides what to do if not.</summary>
    /// <exception cref="ArgumentException">Nothing of that name is configured.</exception>
    public async Task<RecoveryAction> HandleServiceFailureAsync(
        string service, Exception error, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(service);
        ArgumentNullException.ThrowIfNull(error);
        var dependency = All.FirstOrDefault(
            known => string.Equals(known.Plan.Name, service, StringComparison.OrdinalIgnoreCase))
            ?? throw new ArgumentException(
                $"'{service}' is none of {string.Join(", ", All.Select(known => known.Plan.Name))}.", nameof(service));
        var status = await dependency.CheckAsync(dependency.Plan.AttemptTimeout(), cancellationToken)
            .ConfigureAwait(false);
        var action = Decide(dependency, status, DependencyFaults.Of(error, status.Target));
        LogDecision(action.Service, action.Decision, action.Reason);
        return action;
    }

    /// <summary>
    /// Waits for everything at once, as long as each is worth it; returns what is required and still away.
    /// </summary>
    internal async Task<IReadOnlyList<DependencyStatus>> WaitForAllAsync(CancellationToken cancellationToken)
    {
        await WaitAsync(All, dependency => dependency.Plan.StartTimeout, cancellationToken).ConfigureAwait(false);
        return [.. Dependencies.Where(status => status is { Required: true, State: not DependencyStatus.Up })];
    }

    internal static RecoveryAction Decide(Dependency dependency, DependencyStatus status, DependencyFault seen)
    {
        var wait = Backoff.Delay(dependency.Plan.Retry, Math.Max(1, status.Attempts));
        if (status.State == DependencyStatus.Up)
        {
            return new RecoveryAction(
                status.Name, RecoveryAction.Resume, $"It answers again. It had failed: {seen.What}", TimeSpan.Zero);
        }

        if (!status.Required)
        {
            return new RecoveryAction(
                status.Name, RecoveryAction.GoOnWithout, $"It is optional. {status.Message}", wait);
        }

        var passes = status.Cause is DependencyCauses.Refused or DependencyCauses.Timeout
            or DependencyCauses.Unreachable or DependencyCauses.StartingUp or DependencyCauses.OutOfConnections
            or DependencyCauses.Broken or DependencyCauses.Unhealthy or DependencyCauses.Name;
        return passes
            ? new RecoveryAction(status.Name, RecoveryAction.Retry, status.Message, wait)
            : new RecoveryAction(
                status.Name, RecoveryAction.AskOperator, status.Message, dependency.Plan.Retry.MaxDelay);
    }

    private static async Task<bool> WaitAsync(
        IEnumerable<Dependency> dependencies, Func<Dependency, TimeSpan> atMost, CancellationToken cancellationToken)
    {
        var states = await Task.WhenAll(
            dependencies.Select(dependency => dependency.WaitAsync(atMost(dependency), cancellationToken)))
            .ConfigureAwait(false);
        return states.All(status => status.State == DependencyStatus.Up);
    }

    private static DependencyPlan PlanOf(string name, DatabaseConfig database, LiveConfig config) => new()
    {
        Name = name,
        Required = database.Required,
        StartTimeout = database.Required ? config.Current.StartupTimeout : database.ConnectionTimeout,
        AttemptTimeout = () => database.ConnectionTimeout + config.Current.HealthCheckConfig.Timeout,
        Retry = database.RetryConfig,
    };

    private static DependencyPlan PlanOf(ServiceDependency service, LiveConfig config) => new()
    {
        Name = service.ServiceName,
        Required = service.Required,
        StartTimeout = service.Timeout,
        AttemptTimeout = () => config.Current.HealthCheckConfig.Timeout,
        MostAttempts = service.RetryAttempts,
        Retry = _serviceRetry,
    };

    [LoggerMessage(Level = LogLevel.Warning, Message = "Failure of {Service}: {Decision}, because: {Reason}")]
    private partial void LogDecision(string service, string decision, string reason);
}
