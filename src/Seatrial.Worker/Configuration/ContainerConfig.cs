using Seatrial.Worker.Prefect;

namespace Seatrial.Worker.Configuration;

/// <summary>All that a worker's container is told by its environment.</summary>
public sealed record ContainerConfig
{
    /// <summary>Where it runs, for logs and health: <c>development</c>, <c>trial</c>, <c>production</c>.</summary>
    public string Environment { get; init; } = "development";

    /// <summary>The flow's name, for logs and health.</summary>
    public required string FlowName { get; init; }

    /// <summary>How long required dependencies are waited for at start.</summary>
    public TimeSpan StartupTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>By name in upper case; <c>QUEUE</c> is always there.</summary>
    public required IReadOnlyDictionary<string, DatabaseConfig> DatabaseConnections { get; init; }

    public IReadOnlyList<ServiceDependency> ServiceDependencies { get; init; } = [];

    public ResourceLimits ResourceLimits { get; init; } = new();

    public HealthCheckConfig HealthCheckConfig { get; init; } = new();

    /// <summary>Of a flow that serves its records.</summary>
    public HttpConfig Http { get; init; } = new();

    public MonitoringConfig MonitoringConfig { get; init; } = new();

    public WorkerConfig Worker { get; init; } = new();

    /// <summary>Null where no Prefect is named.</summary>
    internal PrefectConfig? Prefect { get; init; }
}
