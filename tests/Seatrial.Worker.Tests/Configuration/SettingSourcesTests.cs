using Seatrial.Wire;
using Seatrial.Worker.Configuration;

namespace Seatrial.Worker.Tests.Configuration;

public sealed class SettingSourcesTests
{
    private const string Connection = "CONTAINER_DATABASE_CONNECTIONS__QUEUE__CONNECTION_STRING";

    [Fact]
    public void A_variable_wins_over_the_file_and_each_value_knows_where_it_came_from()
    {
        using var folder = new TemporaryFolder();
        var json = folder.Write("config.json", """
            {
              // Comments are welcome.
              "flow_name": "rpa1",
              "database_connections": {"queue": {"connection_string": "Host=db;Password=s3cret"}},
              "worker": {"batch_size": 7, "lease": "9s"},
              "monitoring_config": {"metrics": false},
            }
            """);
        var variables = new Dictionary<string, string>
        {
            ["CONTAINER_CONFIG_FILE"] = json,
            ["CONTAINER_WORKER__BATCH_SIZE"] = "8",
            ["CONTAINER_ENVIRONMENT_FILE"] = folder.Write("environment", "trial"),
        };

        var validator = new ConfigurationValidator(variables);
        Assert.Empty(validator.ValidateEnvironmentVariables().Problems);
        var config = new ContainerConfigManager(variables).LoadContainerConfig();
        Assert.Equal((8, TimeSpan.FromSeconds(9)), (config.Worker.BatchSize, config.Worker.Lease));
        Assert.False(config.MonitoringConfig.Metrics);
        var sources = validator.GenerateStartupReport().Configuration.ToDictionary(value => value.Name);
        Assert.Equal("variable", sources["CONTAINER_WORKER__BATCH_SIZE"].Source);
        Assert.Equal($"json {json}:worker.lease", sources["CONTAINER_WORKER__LEASE"].Source);
        Assert.Equal($"file {folder.PathOf("environment")}", sources["CONTAINER_ENVIRONMENT"].Source);
        Assert.Equal("default", sources["CONTAINER_WORKER__MAX_ATTEMPTS"].Source);
        Assert.Equal(
            new ConfigurationValue(
                Connection, "host=db;password=***", $"json {json}:database_connections.queue.connection_string"),
            sources[Connection]);
    }

    [Fact]
    public void Services_may_be_a_list_or_an_object_and_Prefect_is_optional()
    {
        using var folder = new TemporaryFolder();
        string[] forms =
        [
            """[{"service_name": "prefect", "health_endpoint": "http://p:4200/api/health"}]""",
            """{"prefect": {"health_endpoint": "http://p:4200/api/health"}}""",
        ];
        foreach (var form in forms)
        {
            var variables = new Dictionary<string, string>(WrongConfigurations.Right)
            {
                ["CONTAINER_CONFIG_FILE"] = folder.Write("c.json", $$"""{"service_dependencies": {{form}}}"""),
                ["CONTAINER_SERVICE_DEPENDENCIES__CACHE__HEALTH_ENDPOINT"] = "tcp://cache:6379",
                ["CONTAINER_SERVICE_DEPENDENCIES__CACHE__RETRY_ATTEMPTS"] = "3",
            };

            Assert.Equal(
                [
                    new ServiceDependency
                    {
                        ServiceName = "CACHE",
                        HealthEndpoint = new Uri("tcp://cache:6379"),
                        RetryAttempts = 3,
                    },
                    new ServiceDependency
                    {
                        ServiceName = "PREFECT",
                        HealthEndpoint = new Uri("http://p:4200/api/health"),
                        Required = false,
                    },
                ],
                new ContainerConfigManager(variables).LoadContainerConfig().ServiceDependencies);
        }
    }

    [Fact]
    public void A_password_of_its_own_goes_into_the_connection_string()
    {
        using var folder = new TemporaryFolder();
        var variables = new Dictionary<string, string>(WrongConfigurations.Right)
        {
            ["CONTAINER_DATABASE_CONNECTIONS__QUEUE__PASSWORD_FILE"] = folder.Write("password", "a;b\n"),
        };

        var config = new ContainerConfigManager(variables).LoadContainerConfig();

        Assert.Equal(
            "Host=db;Database=rpa;Username=rpa;Password=\"a;b\"",
            config.DatabaseConnections["QUEUE"].ConnectionString);
    }

    [Fact]
    public void A_collector_is_found_by_OpenTelemetrys_own_variable()
    {
        var variables = new Dictionary<string, string>(WrongConfigurations.Right)
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://collector:4318",
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        };

        var config = new ContainerConfigManager(variables).LoadContainerConfig().MonitoringConfig;

        Assert.Equal(
            ("http://collector:4318/", "http/protobuf"), (config.OtlpEndpoint?.AbsoluteUri, config.OtlpProtocol));
    }
}
