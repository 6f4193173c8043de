namespace Seatrial.Wire;

/// <summary>Names of the environment variables that configure a worker's container.</summary>
public static class ContainerVariables
{
    public const string Prefix = "CONTAINER_";

    /// <summary>Appended to a variable's name, it names the file that holds the value.</summary>
    public const string FileSuffix = "_FILE";

    public const string Environment = "CONTAINER_ENVIRONMENT";

    public const string FlowName = "CONTAINER_FLOW_NAME";

    /// <summary>Followed by a database's name, <c>__</c> and a member.</summary>
    public const string DatabasePrefix = "CONTAINER_DATABASE_CONNECTIONS__";

    /// <summary>The database that holds the queue.</summary>
    public const string QueueDatabase = "QUEUE";

    public const string BatchSize = "CONTAINER_WORKER__BATCH_SIZE";

    public const string Concurrency = "CONTAINER_WORKER__CONCURRENCY";

    public const string Lease = "CONTAINER_WORKER__LEASE";

    public const string PollInterval = "CONTAINER_WORKER__POLL_INTERVAL";

    public const string MaxAttempts = "CONTAINER_WORKER__MAX_ATTEMPTS";

    public const string DrainTimeout = "CONTAINER_WORKER__DRAIN_TIMEOUT";

    public const string RetryFirstDelay = "CONTAINER_WORKER__RETRY_CONFIG__FIRST_DELAY";

    public const string RetryMaxDelay = "CONTAINER_WORKER__RETRY_CONFIG__MAX_DELAY";

    public const string HealthPort = "CONTAINER_HEALTH_CHECK_CONFIG__PORT";

    public const string HealthInterval = "CONTAINER_HEALTH_CHECK_CONFIG__INTERVAL";

    public const string HealthTimeout = "CONTAINER_HEALTH_CHECK_CONFIG__TIMEOUT";
}
