using Microsoft.Extensions.Logging.Abstractions;
using Seatrial.Wire;
using Seatrial.Worker.Dependencies;
using Seatrial.Worker.Recovery;

namespace Seatrial.Worker.Configuration;

/// <summary>Says what is wrong with a container's configuration before anything starts.</summary>
public sealed class ConfigurationValidator(IReadOnlyDictionary<string, string> variables)
{
    private readonly DateTimeOffset _startedAt = TimeProvider.System.GetUtcNow();
    private readonly List<DependencyStatus> _seen = [];
    private ConfigurationReading? _reading;

    internal ConfigurationReading Reading => _reading ??= ContainerConfigReader.Read(variables);

    /// <summary>
    /// Every fault and every unknown <c>CONTAINER_</c> name, in one go; files named by <c>_FILE</c> are read.
    /// </summary>
    public ValidationResult ValidateEnvironmentVariables() => new(Reading.Problems);

    /// <summary>Connects to each database and runs its health query, once, all at the same time.</summary>
    public Task<ValidationResult> ValidateDatabaseConnectionsAsync(CancellationToken cancellationToken = default) =>
        AskAsync(services => services.Databases, cancellationToken);

    /// <summary>Asks each service once, all at the same time.</summary>
    public Task<ValidationResult> ValidateServiceDependenciesAsync(CancellationToken cancellationToken = default) =>
        AskAsync(services => services.Services, cancellationToken);

    /// <summary>
    /// The configuration with secrets masked and sources, versions, limits, and the dependencies asked so far.
    /// </summary>
    public StartupReport GenerateStartupReport() => StartupReports.Create(Reading, _seen, _startedAt);

    private async Task<ValidationResult> AskAsync(
        Func<ServiceOrchestrator, IReadOnlyList<Dependency>> which, CancellationToken cancellationToken)
    {
        if (!Reading.IsValid)
        {
            return new ValidationResult(Reading.Problems);
        }

        var config = new LiveConfig(Reading.Config);
        var databases = new DatabaseConnections(config, nameof(ConfigurationValidator));
        await using var closing = databases.ConfigureAwait(false);
        var services = new ServiceOrchestrator(
            config, databases, new CircuitBreakers(TimeProvider.System, NullLogger.Instance), TimeProvider.System,
            NullLogger.Instance);
        var states = await Task.WhenAll(which(services).Select(
            dependency => dependency.CheckAsync(dependency.Plan.AttemptTimeout(), cancellationToken)))
            .ConfigureAwait(false);
        _seen.RemoveAll(seen => states.Any(state => state.Name == seen.Name && state.Kind == seen.Kind));
        _seen.AddRange(states);
        return new ValidationResult([.. which(services).Select(Problem).OfType<ConfigurationProblem>()]);
    }

    private static ConfigurationProblem? Problem(Dependency dependency)
    {
        var status = dependency.Status;
        var variable = status.Kind == DependencyStatus.Database
            ? $"{ContainerVariables.DatabasePrefix}{status.Name}__CONNECTION_STRING"
            : $"{ContainerVariables.ServicePrefix}{status.Name}__HEALTH_ENDPOINT";
        return dependency.Fault is { } fault
            ? new ConfigurationProblem(variable, fault.What, fault.Fix, status.Required)
            : null;
    }
}
