namespace Seatrial.Wire;

/// <summary>Names of the environment variables that configure a worker's container.</summary>
public static class ContainerVariables
{
    public const string Prefix = "CONTAINER_";

    /// <summary>Between the parts of a name: <c>CONTAINER_WORKER__BATCH_SIZE</c>.</summary>
    public const string Nest = "__";

    /// <summary>Appended to a variable's name, it names the file that holds the value.</summary>
    public const string FileSuffix = "_FILE";

    /// <summary>Names a JSON file with the same settings, which variables win over.</summary>
    public const string ConfigFile = "CONTAINER_CONFIG_FILE";

    public const string Environment = "CONTAINER_ENVIRONMENT";

    public const string FlowName = "CONTAINER_FLOW_NAME";

    /// <summary>How long required dependencies are waited for at start.</summary>
    public const string StartupTimeout = "CONTAINER_STARTUP_TIMEOUT";

    /// <summary>Followed by a database's name, <c>__</c> and a member.</summary>
    public const string DatabasePrefix = "CONTAINER_DATABASE_CONNECTIONS__";

    /// <summary>The database that holds the queue.</summary>
    public const string QueueDatabase = "QUEUE";

    /// <summary>The member of a database that bounds its connections.</summary>
    public const string PoolSizeMember = "CONNECTION_POOL_SIZE";

    /// <summary>The most connections to the queue that a worker opens.</summary>
    public const string QueuePoolSize = DatabasePrefix + QueueDatabase + Nest + PoolSizeMember;

    /// <summary>Followed by a service's name, <c>__</c> and a member.</summary>
    public const string ServicePrefix = "CONTAINER_SERVICE_DEPENDENCIES__";

    /// <summary>The service that is optional unless it is said to be required.</summary>
    public const string PrefectService = "PREFECT";

    /// <summary>A volume for what has to survive the container.</summary>
    public const string StateFolder = "CONTAINER_STATE_FOLDER";

    public const string BatchSize = "CONTAINER_WORKER__BATCH_SIZE";

    public const string Concurrency = "CONTAINER_WORKER__CONCURRENCY";

    public const string Lease = "CONTAINER_WORKER__LEASE";

    public const string PollInterval = "CONTAINER_WORKER__POLL_INTERVAL";

    public const string MaxAttempts = "CONTAINER_WORKER__MAX_ATTEMPTS";

    public const string MaxPayload = "CONTAINER_WORKER__MAX_PAYLOAD";

    public const string DrainTimeout = "CONTAINER_WORKER__DRAIN_TIMEOUT";

    public const string JournalAfter = "CONTAINER_WORKER__JOURNAL_AFTER";

    public const string JournalSize = "CONTAINER_WORKER__JOURNAL_SIZE";

    /// <summary>Prefix of the bounds at which less is claimed.</summary>
    public const string BackpressurePrefix = "CONTAINER_WORKER__BACKPRESSURE__";

    /// <summary>Prefix of how long it is kept what is done.</summary>
    public const string RetentionPrefix = "CONTAINER_WORKER__RETENTION__";

    public const string RetryFirstDelay = "CONTAINER_WORKER__RETRY_CONFIG__FIRST_DELAY";

    public const string RetryMaxDelay = "CONTAINER_WORKER__RETRY_CONFIG__MAX_DELAY";

    public const string HealthPort = "CONTAINER_HEALTH_CHECK_CONFIG__PORT";

    public const string HealthInterval = "CONTAINER_HEALTH_CHECK_CONFIG__INTERVAL";

    public const string HealthTimeout = "CONTAINER_HEALTH_CHECK_CONFIG__TIMEOUT";

    /// <summary>Prefix of what a flow serves over HTTP.</summary>
    public const string HttpPrefix = "CONTAINER_HTTP__";

    /// <summary>Prefix of what the container may use.</summary>
    public const string LimitsPrefix = "CONTAINER_RESOURCE_LIMITS__";

    /// <summary>Prefix of logs, metrics and the watch over changes.</summary>
    public const string MonitoringPrefix = "CONTAINER_MONITORING_CONFIG__";
}
