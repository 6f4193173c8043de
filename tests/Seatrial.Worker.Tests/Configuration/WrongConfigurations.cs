namespace Seatrial.Worker.Tests.Configuration;

/// <summary>Thirty ways to get a container's environment wrong, each over one that is right.</summary>
internal sealed class WrongConfigurations(TemporaryFolder folder)
{
    public static Dictionary<string, string> Right { get; } = new()
    {
        ["CONTAINER_FLOW_NAME"] = "rpa1",
        ["CONTAINER_DATABASE_CONNECTIONS__QUEUE__CONNECTION_STRING"] = Connection,
    };

    private const string Connection = "Host=db;Database=rpa;Username=rpa;Password=s3cret";
    private const string Queue = "DATABASE_CONNECTIONS__QUEUE__";

    /// <summary>By name, with the variables to set; a null one is unset.</summary>
    public IReadOnlyDictionary<string, (string Name, string? Value)[]> All =>
        new Dictionary<string, (string, string?)[]>
        {
            ["nothing is set"] = [("FLOW_NAME", null), (Queue + "CONNECTION_STRING", null)],
            ["a required value is empty"] = [("FLOW_NAME", " ")],
            ["a required name is misspelt"] = [("FLOW_NAME", null), ("FLOWNAME", "rpa1")],
            ["a name has capitals and blanks"] = [("FLOW_NAME", "Survey Intake")],
            ["a name has nothing to keep"] = [("ENVIRONMENT", "!!!")],
            ["a number is a word"] = [("WORKER__BATCH_SIZE", "many")],
            ["a number has a fraction"] = [("WORKER__BATCH_SIZE", "12.5")],
            ["a number is too small"] = [("WORKER__BATCH_SIZE", "0")],
            ["a number is too large"] = [("HEALTH_CHECK_CONFIG__PORT", "80800")],
            ["a duration has no unit"] = [("WORKER__LEASE", "5")],
            ["a duration is in words"] = [("WORKER__DRAIN_TIMEOUT", "8 seconds")],
            ["a duration is too long"] = [("WORKER__POLL_INTERVAL", "2h")],
            ["the first wait is above the longest"] = [("WORKER__RETRY_CONFIG__FIRST_DELAY", "10m")],
            ["a switch says yes"] = [("MONITORING_CONFIG__METRICS", "yes")],
            ["a level is cut short"] = [("MONITORING_CONFIG__LOG_LEVEL", "warn")],
            ["a size has no unit"] = [("RESOURCE_LIMITS__MEMORY", "512")],
            ["a size is in words"] = [("RESOURCE_LIMITS__MEMORY", "half a gig")],
            ["a number has a comma"] = [("RESOURCE_LIMITS__CPUS", "1,5")],
            ["the connection string is a URI"] = [(Queue + "CONNECTION_STRING", "postgres://rpa:s3cret@db/rpa")],
            ["the connection string is no list"] = [(Queue + "CONNECTION_STRING", "s3cret")],
            ["a keyword is misspelt"] = [(Queue + "CONNECTION_STRING", "Hots=db;Password=s3cret")],
            ["a port is no number"] = [(Queue + "CONNECTION_STRING", "Host=db;Port=s3cret")],
            ["the queue is optional"] = [(Queue + "REQUIRED", "false")],
            ["the pool is too small"] = [(Queue + "CONNECTION_POOL_SIZE", "1")],
            ["the pools are above the limit of connections"] = [("RESOURCE_LIMITS__CONNECTIONS", "6")],
            ["a service has no endpoint"] = [("SERVICE_DEPENDENCIES__PREFECT__TIMEOUT", "5s")],
            ["an endpoint has no scheme"] = [("SERVICE_DEPENDENCIES__PREFECT__HEALTH_ENDPOINT", "prefect:4200/api/health")],
            ["an endpoint has another scheme"] = [("SERVICE_DEPENDENCIES__CACHE__HEALTH_ENDPOINT", "htp://cache")],
            ["a value and its file are both set"] =
            [(Queue + "PASSWORD", "one"), (Queue + "PASSWORD_FILE", folder.Write("password", "other"))],
            ["a file is missing"] = [(Queue + "PASSWORD_FILE", folder.PathOf("missing"))],
            ["a file is empty"] = [(Queue + "PASSWORD_FILE", folder.Write("empty", "\n"))],
            ["one underscore is missing"] = [("WORKER_BATCH_SIZE", "5")],
            ["the configuration file is no JSON"] =
            [("CONFIG_FILE", folder.Write("broken.json", "{\n  \"worker\": {\"batch_size\": 5\n"))],
            ["the configuration file is missing"] = [("CONFIG_FILE", folder.PathOf("none.json"))],
            ["the configuration file is full of mistakes"] =
        [
            ("CONFIG_FILE", folder.Write("wrong.json", """
                {
                  "worker": {"batch_size": 0, "lease": "5", "max_attempt": 3},
                  "monitoring_config": {"log_level": ["debug"]},
                  "service_dependencies": [{"health_endpoint": "http://x"}, {"service_name": "cache"}]
                }
                """)),
        ],
        };
}
