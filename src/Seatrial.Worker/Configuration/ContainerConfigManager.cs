using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Seatrial.Worker.Dependencies;
using Seatrial.Worker.Health;
using Seatrial.Worker.Recovery;

namespace Seatrial.Worker.Configuration;

/// <summary>Turns <c>CONTAINER_</c> variables into a <see cref="ContainerConfig"/>, and uses it.</summary>
/// <param name="variables">The environment.</param>
/// <param name="logger">Is told what is waited for; nobody when null.</param>
public sealed class ContainerConfigManager(IReadOnlyDictionary<string, string> variables, ILogger? logger = null)
    : IAsyncDisposable
{
    private readonly ILogger _logger = logger ?? NullLogger.Instance;
    private DatabaseConnections? _databases;
    private ServiceOrchestrator? _services;
    private LiveConfig? _config;

    /// <summary>The configuration.</summary>
    /// <exception cref="ConfigurationException">With every fault, when there is one.</exception>
    public ContainerConfig LoadContainerConfig()
    {
        var reading = ContainerConfigReader.Read(variables);
        return reading.IsValid
            ? reading.Config
            : throw new ConfigurationException([.. reading.Problems.Where(problem => problem.IsError)]);
    }

    /// <summary>Whether <see cref="LoadContainerConfig"/> would succeed; the log says why not.</summary>
    public bool ValidateContainerEnvironment()
    {
        var reading = ContainerConfigReader.Read(variables);
        ConfigurationLog.Write(_logger, reading.Problems);
        return reading.IsValid;
    }

    /// <summary>
    /// Waits for everything that is configured, at once; false when something required is still away at the end.
    /// </summary>
    /// <exception cref="ConfigurationException">With every fault, when there is one.</exception>
    public async Task<bool> WaitForDependenciesAsync(TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        var (_, services) = Connect();
        var waits = services.Databases.Concat(services.Services)
            .Select(dependency => dependency.WaitAsync(timeout, cancellationToken));
        var states = await Task.WhenAll(waits).ConfigureAwait(false);
        return states.All(status => !status.Required || status.State == Wire.DependencyStatus.Up);
    }

    /// <summary>A monitor over what is configured, for a program of one's own; a worker has its own already.</summary>
    /// <exception cref="ConfigurationException">With every fault, when there is one.</exception>
    public HealthMonitor SetupHealthMonitoring()
    {
        var (config, services) = Connect();
        return new HealthMonitor(new HealthSources
        {
            Config = config,
            Services = services,
            Resources = new ResourceSampler(config, TimeProvider.System),
            Time = TimeProvider.System,
            Logger = _logger,
        });
    }

    /// <summary>Decides about errors of what is configured, for a program of one's own.</summary>
    /// <exception cref="ConfigurationException">With every fault, when there is one.</exception>
    public ErrorRecoveryManager SetupErrorRecovery()
    {
        var (config, services) = Connect();
        var folder = config.Current.Worker.StateFolder;
        return new ErrorRecoveryManager(
            new Alerts(config.Current, System.Environment.MachineName, TimeProvider.System, _logger),
            () => TemporaryFiles.Clean(folder, TimeProvider.System),
            _logger)
        { Services = services };
    }

    /// <summary>Closes the connections that were opened to look at the databases.</summary>
    public ValueTask DisposeAsync() => _databases?.DisposeAsync() ?? ValueTask.CompletedTask;

    private (LiveConfig Config, ServiceOrchestrator Services) Connect()
    {
        _config ??= new LiveConfig(LoadContainerConfig());
        _databases ??= new DatabaseConnections(_config, nameof(ContainerConfigManager));
        _services ??= new ServiceOrchestrator(
            _config, _databases, new CircuitBreakers(TimeProvider.System, _logger), TimeProvider.System, _logger);
        return (_config, _services);
    }
}
