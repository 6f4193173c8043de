using Seatrial.Wire;
using Seatrial.Worker.Configuration;
using Seatrial.Worker.Dependencies;
using Seatrial.Worker.Health;
using Seatrial.Worker.Http;
using Seatrial.Worker.Processing;
using Seatrial.Worker.Telemetry;

namespace Seatrial.Worker.Hosting;

/// <summary>What surrounds the work: dependencies, health, telemetry and the watch over the configuration.</summary>
internal sealed class WorkerServices : IAsyncDisposable
{
    private readonly DateTimeOffset _startedAt;
    private readonly HealthEndpoints _endpoints;

    public WorkerServices(
        ConfigurationReading reading, WorkerEnvironment environment, WorkerContext context, LiveConfig config,
        ServedFlow flow)
    {
        _startedAt = environment.Time.GetUtcNow();
        var logger = context.Logger;
        Watch = new ConfigurationWatch(environment.Variables, reading, config, environment.Time, logger);
        Databases = new DatabaseConnections(config, context.Owner);
        Dependencies = new ServiceOrchestrator(config, Databases, context.Breakers, environment.Time, logger);
        Monitor = new HealthMonitor(new HealthSources
        {
            Config = config,
            Services = Dependencies,
            Resources = new ResourceSampler(config, environment.Time),
            Time = environment.Time,
            Logger = logger,
            Worker = context,
        });
        Telemetry = Start(config.Current, environment, context);
        _endpoints = new HealthEndpoints
        {
            Monitor = Monitor,
            StartupReport = Report,
            Metrics = Telemetry.Text,
            Flow = flow.IsAnything ? new FlowServer(flow, Databases.Queue, context) : null,
        };
    }

    public ConfigurationWatch Watch { get; }

    public DatabaseConnections Databases { get; }

    public ServiceOrchestrator Dependencies { get; }

    public HealthMonitor Monitor { get; }

    public WorkerTelemetry Telemetry { get; }

    /// <summary>As of now.</summary>
    public StartupReport Report() => StartupReports.Create(Watch.Reading, Dependencies.Dependencies, _startedAt);

    /// <exception cref="IOException">Something else listens on the port.</exception>
    public Task<HealthServer> ServeAsync(ContainerConfig config, CancellationToken cancellationToken) =>
        HealthServer.StartAsync(config.HealthCheckConfig.Port, config.Http.Port, _endpoints, cancellationToken);

    public ValueTask DisposeAsync()
    {
        Telemetry.Dispose();
        return Databases.DisposeAsync();
    }

    private WorkerTelemetry Start(ContainerConfig config, WorkerEnvironment environment, WorkerContext context) => new(
        new WorkerMeter(config, context, Monitor, Dependencies),
        config.MonitoringConfig.Metrics,
        () => config.MonitoringConfig.OtlpEndpoint is { } endpoint
            ? OtlpExport.Start(config, endpoint, context.Owner, environment.HostName)
            : null);
}
