using Seatrial.Wire;

namespace Seatrial.Worker.Configuration;

/// <summary>How a database is reached.</summary>
public sealed record DatabaseConfig
{
    /// <summary>Npgsql's form: <c>Host=db;Database=rpa;Username=rpa;Password=…</c>.</summary>
    public required string ConnectionString { get; init; }

    /// <summary>The most connections that this process opens.</summary>
    public int ConnectionPoolSize { get; init; } = ContainerDefaults.PoolSize;

    /// <summary>For opening a connection.</summary>
    public TimeSpan ConnectionTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>What the health check runs.</summary>
    public string HealthCheckQuery { get; init; } = "select 1";

    /// <summary>Whether the container can't work without it; the queue's always is.</summary>
    public bool Required { get; init; } = true;

    /// <summary>Waits between attempts while the database is away; there is no last attempt.</summary>
    public RetryConfig RetryConfig { get; init; } = new()
    {
        FirstDelay = TimeSpan.FromMilliseconds(100),
        MaxDelay = TimeSpan.FromSeconds(5),
    };

    /// <summary>Without the connection string: it holds a password.</summary>
    public override string ToString() =>
        $"pool of {ConnectionPoolSize}, timeout {ConnectionTimeout}, health check '{HealthCheckQuery}'";
}
