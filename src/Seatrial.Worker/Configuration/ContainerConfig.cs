namespace Seatrial.Worker.Configuration;

/// <summary>All that a worker's container is told by its environment.</summary>
public sealed record ContainerConfig
{
    /// <summary>Where it runs, for logs and health: <c>development</c>, <c>trial</c>, <c>production</c>.</summary>
    public string Environment { get; init; } = "development";

    /// <summary>The flow's name, for logs and health.</summary>
    public required string FlowName { get; init; }

    /// <summary>By name in upper case; <c>QUEUE</c> is always there.</summary>
    public required IReadOnlyDictionary<string, DatabaseConfig> DatabaseConnections { get; init; }

    public WorkerConfig Worker { get; init; } = new();

    public HealthCheckConfig HealthCheckConfig { get; init; } = new();
}
