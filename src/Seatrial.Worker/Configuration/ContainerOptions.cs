using Seatrial.Wire;

namespace Seatrial.Worker.Configuration;

/// <summary>
/// Every setting there is: the reader, its messages and <c>docs/configuration.md</c> follow this list.
/// </summary>
internal static class ContainerOptions
{
    private const string Database = ContainerVariables.DatabasePrefix + ContainerOption.NamePart + "__";
    private const string Service = ContainerVariables.ServicePrefix + ContainerOption.NamePart + "__";
    private const string Limits = ContainerVariables.LimitsPrefix;
    private const string Backpressure = ContainerVariables.BackpressurePrefix;
    private const string Monitoring = ContainerVariables.MonitoringPrefix;
    private const string ConnectionStringForm = "Host=db;Database=rpa;Username=rpa;Password=…";

    private static readonly WorkerConfig _worker = new();
    private static readonly HealthCheckConfig _health = new();
    private static readonly HttpConfig _http = new();
    private static readonly MonitoringConfig _monitoring = new();
    private static readonly ResourceLimits _limits = new();
    private static readonly DatabaseConfig _database = new() { ConnectionString = "" };
    private static readonly ServiceDependency _service =
        new() { ServiceName = "", HealthEndpoint = new Uri("tcp://none") };

    public static readonly ContainerOption.Label Environment = new(
        ContainerVariables.Environment, "development", "production", "Where it runs, for logs and health.");

    public static readonly ContainerOption.Label FlowName = new(
        ContainerVariables.FlowName, null, "rpa1", "The flow's name, for logs and health.")
    { IsRequired = true };

    public static readonly ContainerOption.Duration StartupTimeout = new(
        ContainerVariables.StartupTimeout, (Seconds(1), Hours(24)), TimeSpan.FromMinutes(5),
        "How long required dependencies are waited for at start.");

    public static readonly ContainerOption.Text ConnectionString = new(
        Database + "CONNECTION_STRING", null, ConnectionStringForm, "How Npgsql reaches the database.")
    { IsRequired = true, IsSecret = true };

    public static readonly ContainerOption.Text Password = new(
        Database + "PASSWORD", null, "…", "Goes before the one in the connection string; meant for `_FILE`.")
    { IsSecret = true, IsLive = true };

    public static readonly ContainerOption.Whole PoolSize = new(
        Database + ContainerVariables.PoolSizeMember, (4, ContainerDefaults.MostPoolSize), _database.ConnectionPoolSize,
        "The most connections that this process opens.");

    public static readonly ContainerOption.Duration ConnectionTimeout = new(
        Database + "CONNECTION_TIMEOUT", (Seconds(1), Seconds(300)), _database.ConnectionTimeout,
        "For opening a connection.");

    public static readonly ContainerOption.Text HealthQuery = new(
        Database + "HEALTH_CHECK_QUERY", _database.HealthCheckQuery, "select 1", "What the health check runs.");

    public static readonly ContainerOption.Switch DatabaseRequired = new(
        Database + "REQUIRED", _database.Required, "Whether the worker waits for it; `QUEUE` is always required.");

    public static readonly ContainerOption.Duration DatabaseFirstDelay = new(
        Database + "RETRY_CONFIG__FIRST_DELAY", (Millis(1), Hours(24)), _database.RetryConfig.FirstDelay,
        "The first wait while the database is away, doubled each time.");

    public static readonly ContainerOption.Duration DatabaseMaxDelay = new(
        Database + "RETRY_CONFIG__MAX_DELAY", (Millis(1), Hours(24)), _database.RetryConfig.MaxDelay,
        "The longest wait while the database is away.");

    public static readonly ContainerOption.Endpoint HealthEndpoint = new(
        Service + "HEALTH_ENDPOINT", ["http", "https", "tcp"], "http://prefect:4200/api/health",
        "What tells that the service is up: a status below 400, or with `tcp://` an open port.")
    { IsRequired = true };

    public static readonly ContainerOption.Duration ServiceTimeout = new(
        Service + "TIMEOUT", (Millis(100), Hours(1)), _service.Timeout, "How long it is waited for at start.");

    public static readonly ContainerOption.Whole RetryAttempts = new(
        Service + "RETRY_ATTEMPTS", (0, 1000), _service.RetryAttempts,
        "Attempts within the timeout; 0 for as many as fit.");

    public static readonly ContainerOption.Switch ServiceRequired = new(
        Service + "REQUIRED", _service.Required,
        "Whether the worker can't do without it; `false` by default for `PREFECT`.");

    public static readonly ContainerOption.Whole BatchSize = new(
        ContainerVariables.BatchSize, (1, ContainerDefaults.MostBatchSize), _worker.BatchSize,
        "Records claimed at once, and completed in one transaction.")
    { IsLive = true };

    public static readonly ContainerOption.Whole Concurrency = new(
        ContainerVariables.Concurrency, (1, 256), null,
        "Batches worked on side by side; by default as many as there are processors, and 64 MB for each.");

    public static readonly ContainerOption.Duration Lease = new(
        ContainerVariables.Lease, (Seconds(1), Hours(1)), _worker.Lease,
        "How long a claim holds without renewal: the time until the records of a dead worker run again.");

    public static readonly ContainerOption.Duration PollInterval = new(
        ContainerVariables.PollInterval, (Millis(10), Hours(1)), _worker.PollInterval,
        "How long an idle worker trusts notifications: the most that a lost one costs.")
    { IsLive = true };

    public static readonly ContainerOption.Whole MaxAttempts = new(
        ContainerVariables.MaxAttempts, (1, 1000), _worker.MaxAttempts,
        "After so many claims without success a record is dead.")
    { IsLive = true };

    public static readonly ContainerOption.Bytes MaxPayload = new(
        ContainerVariables.MaxPayload, 1L << 10, "A record with a larger payload is dead at once; `1m` without it.")
    { IsLive = true };

    public static readonly ContainerOption.Duration DrainTimeout = new(
        ContainerVariables.DrainTimeout, (Seconds(1), Hours(1)), _worker.DrainTimeout,
        "From SIGTERM to the exit; keep it below the orchestrator's grace period.");

    public static readonly ContainerOption.Text StateFolder = new(
        ContainerVariables.StateFolder, _worker.StateFolder, "/var/lib/seatrial",
        "A volume for what has to survive the container.");

    public static readonly ContainerOption.Duration JournalAfter = new(
        ContainerVariables.JournalAfter, (Millis(10), Hours(1)), _worker.JournalAfter,
        "How long a commit waits for the database before its work goes into the journal.")
    { IsLive = true };

    public static readonly ContainerOption.Bytes JournalSize = new(
        ContainerVariables.JournalSize, 1L << 16, "The most that the journal may hold; `64m` without it.");

    public static readonly ContainerOption.Whole MemoryBound = new(
        Backpressure + "MEMORY_PERCENT", (1, 100), _worker.Backpressure.MemoryPercent,
        "Of the memory limit; at this and the other bounds nothing is claimed, from four fifths of them on less.");

    public static readonly ContainerOption.Whole JournalBound = new(
        Backpressure + "JOURNAL_PERCENT", (1, 100), _worker.Backpressure.JournalPercent, "Of the journal's size.");

    public static readonly ContainerOption.Duration PoolWaitBound = new(
        Backpressure + "POOL_WAIT", (Millis(1), Hours(1)), _worker.Backpressure.PoolWait,
        "For a connection from the pool.");

    public static readonly ContainerOption.Duration LatencyBound = new(
        Backpressure + "DATABASE_LATENCY", (Millis(1), Hours(1)), _worker.Backpressure.DatabaseLatency,
        "For the answer to the health query.");

    public static readonly ContainerOption.Bytes DiskFree = new(
        Backpressure + "DISK_FREE", 0,
        "That should be left on the state folder's file system, at most a tenth of it; `256m` without it.");

    public static readonly ContainerOption.Duration KeepResults = new(
        ContainerVariables.RetentionPrefix + "RESULTS", (TimeSpan.Zero, Hours(87_600)), _worker.Retention.Results,
        "How long the results of done records are kept; `0s` is for ever.")
    { IsLive = true };

    public static readonly ContainerOption.Duration KeepChunks = new(
        ContainerVariables.RetentionPrefix + "CHUNKS", (TimeSpan.Zero, Hours(87_600)), _worker.Retention.Chunks,
        "How long done chunks are kept, with the payloads of their records; `0s` is for ever.")
    { IsLive = true };

    public static readonly ContainerOption.Duration FirstDelay = new(
        ContainerVariables.RetryFirstDelay, (Millis(1), Hours(24)), _worker.RetryConfig.FirstDelay,
        "The first wait before a failed record runs again, doubled each time.")
    { IsLive = true };

    public static readonly ContainerOption.Duration MaxDelay = new(
        ContainerVariables.RetryMaxDelay, (Millis(1), Hours(24)), _worker.RetryConfig.MaxDelay,
        "The longest wait before a failed record runs again.")
    { IsLive = true };

    public static readonly ContainerOption.Bytes Memory = new(
        Limits + "MEMORY", 1L << 24, "Below the cgroup's limit, which holds without it.");

    public static readonly ContainerOption.Number Cpus = new(
        Limits + "CPUS", (0.01, 4096), "Below the cgroup's quota, which holds without it.");

    public static readonly ContainerOption.Bytes Disk = new(
        Limits + "DISK", 1L << 20, "Of the file system of `DISK_PATH`; its size without it.");

    public static readonly ContainerOption.Text DiskPath = new(
        Limits + "DISK_PATH", _limits.DiskPath, "/tmp", "A folder that the worker writes to.");

    public static readonly ContainerOption.Whole Connections = new(
        Limits + "CONNECTIONS", (1, 1_000_000), null, "Established TCP connections; unlimited without it.");

    public static readonly ContainerOption.Whole WarnPercent = new(
        Limits + "WARN_PERCENT", (1, 100), _limits.WarnPercent,
        "Above this share of a limit health is degraded.")
    { IsLive = true };

    public static readonly ContainerOption.Whole HealthPort = new(
        ContainerVariables.HealthPort, (1, 65_535), _health.Port, "Of the HTTP endpoints.");

    public static readonly ContainerOption.Duration HealthInterval = new(
        ContainerVariables.HealthInterval, (Millis(100), Hours(1)), _health.Interval, "Between two checks.");

    public static readonly ContainerOption.Duration HealthTimeout = new(
        ContainerVariables.HealthTimeout, (Millis(100), Hours(1)), _health.Timeout, "For one check.")
    { IsLive = true };

    public static readonly ContainerOption.Whole HttpPort = new(
        ContainerVariables.HttpPrefix + "PORT", (1, 65_535), null,
        "Of what the flow serves; the health endpoints' port without it.");

    public static readonly ContainerOption.Bytes HttpMaxBody = new(
        ContainerVariables.HttpPrefix + "MAX_BODY", 1L << 10, "Of a request's body; `16m` without it.")
    { IsLive = true };

    public static readonly ContainerOption.Whole HttpMaxRecords = new(
        ContainerVariables.HttpPrefix + "MAX_RECORDS", (1, 100_000), _http.MaxRecords, "Of a request.")
    { IsLive = true };

    public static readonly ContainerOption.Choice LogLevel = new(
        Monitoring + "LOG_LEVEL", "information", ["trace", "debug", "information", "warning", "error", "critical"],
        "The least that is logged.")
    { IsLive = true };

    public static readonly ContainerOption.Switch Metrics = new(
        Monitoring + "METRICS", _monitoring.Metrics, "Whether `/metrics` is answered.");

    public static readonly ContainerOption.Endpoint OtlpEndpoint = new(
        Monitoring + "OTLP_ENDPOINT", ["http", "https"], "http://collector:4317",
        "Where metrics and traces are sent; `OTEL_EXPORTER_OTLP_ENDPOINT` holds without it.");

    public static readonly ContainerOption.Choice OtlpProtocol = new(
        Monitoring + "OTLP_PROTOCOL", _monitoring.OtlpProtocol, ["grpc", "http/protobuf"],
        "Of OTLP; `OTEL_EXPORTER_OTLP_PROTOCOL` holds without it.");

    public static readonly ContainerOption.Duration OtlpInterval = new(
        Monitoring + "OTLP_INTERVAL", (Millis(100), Hours(1)), _monitoring.OtlpInterval,
        "Between two sendings of the metrics.");

    public static readonly ContainerOption.Endpoint AlertUrl = new(
        Monitoring + "ALERT_URL", ["http", "https"], "http://alerts:8080/worker",
        "Is told by a POST of JSON before the worker ends on an error that it can't mend.");

    public static readonly ContainerOption.Duration ReloadInterval = new(
        Monitoring + "RELOAD_INTERVAL", (Millis(10), Hours(24)), _monitoring.ReloadInterval,
        "Between two looks at the files that settings came from.");

    public static readonly long JournalBytes = _worker.JournalBytes;

    public static readonly long HttpBodyBytes = _http.MaxBody;

    public static readonly long PayloadBytes = _worker.MaxPayload;

    public static readonly long DiskFreeBytes = _worker.Backpressure.DiskFree;

    /// <summary>In the order of the documentation.</summary>
    public static IReadOnlyList<ContainerOption> All { get; } =
    [
        Environment, FlowName, StartupTimeout,
        ConnectionString, Password, PoolSize, ConnectionTimeout, HealthQuery, DatabaseRequired, DatabaseFirstDelay,
        DatabaseMaxDelay,
        HealthEndpoint, ServiceTimeout, RetryAttempts, ServiceRequired,
        BatchSize, Concurrency, Lease, PollInterval, MaxAttempts, MaxPayload, DrainTimeout, StateFolder, JournalAfter,
        JournalSize, MemoryBound, JournalBound, PoolWaitBound, LatencyBound, DiskFree, KeepResults, KeepChunks,
        FirstDelay, MaxDelay,
        Memory, Cpus, Disk, DiskPath, Connections, WarnPercent,
        HealthPort, HealthInterval, HealthTimeout,
        HttpPort, HttpMaxBody, HttpMaxRecords,
        LogLevel, Metrics, OtlpEndpoint, OtlpProtocol, OtlpInterval, AlertUrl, ReloadInterval,
        .. PrefectOptions.All,
    ];

    private static TimeSpan Millis(int count) => TimeSpan.FromMilliseconds(count);

    private static TimeSpan Seconds(int count) => TimeSpan.FromSeconds(count);

    private static TimeSpan Hours(int count) => TimeSpan.FromHours(count);
}
