using CsCheck;
using Seatrial.Worker.Configuration;

namespace Seatrial.Worker.Tests.Configuration;

public sealed class ContainerConfigManagerTests
{
    private const string Connection = "CONTAINER_DATABASE_CONNECTIONS__QUEUE__CONNECTION_STRING";

    private static readonly Dictionary<string, string> Good = new()
    {
        ["CONTAINER_ENVIRONMENT"] = "trial",
        ["CONTAINER_FLOW_NAME"] = "rpa1",
        [Connection] = "Host=db;Database=rpa;Username=rpa;Password=s3cret",
        ["CONTAINER_WORKER__BATCH_SIZE"] = "250",
        ["CONTAINER_WORKER__LEASE"] = "5s",
        ["PATH"] = "/usr/bin",
    };

    [Fact]
    public void What_the_compose_file_sets_arrives_and_the_rest_has_defaults()
    {
        var config = new ContainerConfigManager(Good).LoadContainerConfig();

        Assert.Equal("trial", config.Environment);
        Assert.Equal("rpa1", config.FlowName);
        Assert.Equal(Good[Connection], config.DatabaseConnections["QUEUE"].ConnectionString);
        Assert.Equal(250, config.Worker.BatchSize);
        Assert.Equal(TimeSpan.FromSeconds(5), config.Worker.Lease);
        Assert.Equal(5, config.Worker.MaxAttempts);
        Assert.Equal(8080, config.HealthCheckConfig.Port);
        Assert.Empty(Problems(Good));
    }

    [Fact]
    public void Every_fault_is_told_at_once_with_its_correction()
    {
        var faulty = new Dictionary<string, string>
        {
            ["CONTAINER_FLOW_NAME"] = "Survey Intake",
            ["CONTAINER_WORKER__BATCH_SIZE"] = "0",
            ["CONTAINER_WORKER__LEASE"] = "5",
            ["CONTAINER_WORKER__MAX_ATTEMPTS"] = "many",
            ["CONTAINER_WORKER__RETRY_CONFIG__FIRST_DELAY"] = "10m",
            ["CONTAINER_HEALTH_CHECK_CONFIG__PORT"] = "80800",
        };

        Assert.Equal(
            [
                "CONTAINER_DATABASE_CONNECTIONS__QUEUE__CONNECTION_STRING is not set.  fix: set "
                    + "CONTAINER_DATABASE_CONNECTIONS__QUEUE__CONNECTION_STRING=Host=db;Database=rpa;Username=rpa;Password=…, "
                    + "or CONTAINER_DATABASE_CONNECTIONS__QUEUE__CONNECTION_STRING_FILE to a file with it.",
                "CONTAINER_FLOW_NAME is 'Survey Intake'; a name has lower-case letters, digits, '-' and '_', at most 63, "
                    + "and starts with a letter.  fix: set CONTAINER_FLOW_NAME=survey-intake.",
                "CONTAINER_HEALTH_CHECK_CONFIG__PORT is 80800, outside 1 … 65535.  "
                    + "fix: set CONTAINER_HEALTH_CHECK_CONFIG__PORT=65535, the nearest valid value.",
                "CONTAINER_WORKER__BATCH_SIZE is 0, outside 1 … 10000.  "
                    + "fix: set CONTAINER_WORKER__BATCH_SIZE=1, the nearest valid value.",
                "CONTAINER_WORKER__LEASE is '5', which is not a duration like 500ms, 5s, 1m30s.  "
                    + "fix: set CONTAINER_WORKER__LEASE=5s.",
                "CONTAINER_WORKER__MAX_ATTEMPTS is 'many', which is not a whole number.  "
                    + "fix: set CONTAINER_WORKER__MAX_ATTEMPTS=5, or another of 1 … 1000.",
                "CONTAINER_WORKER__RETRY_CONFIG__FIRST_DELAY is 10m, above CONTAINER_WORKER__RETRY_CONFIG__MAX_DELAY (1m).  "
                    + "fix: set CONTAINER_WORKER__RETRY_CONFIG__FIRST_DELAY to at most 1m, "
                    + "or raise CONTAINER_WORKER__RETRY_CONFIG__MAX_DELAY.",
            ],
            Problems(faulty).Select(problem => problem.ToString()).Order(StringComparer.Ordinal));
        var thrown =
            Assert.Throws<ConfigurationException>(() => new ContainerConfigManager(faulty).LoadContainerConfig());
        Assert.Equal(7, thrown.Problems.Count);
    }

    [Fact]
    public void A_name_that_nobody_knows_is_warned_of_with_the_nearest_one()
    {
        var variables = new Dictionary<string, string>(
            Good)
        { ["CONTAINER_WORKER__BATCHSIZE"] = "5", ["CONTAINER_COLOUR"] = "red" };

        var problems = Problems(variables);

        Assert.All(problems, problem => Assert.False(problem.IsError));
        Assert.Equal(
            ["remove CONTAINER_COLOUR.", "did you mean CONTAINER_WORKER__BATCH_SIZE?"], problems.Select(p => p.Fix));
        Assert.Equal(250, new ContainerConfigManager(variables).LoadContainerConfig().Worker.BatchSize);
    }

    [Fact]
    public void Every_variable_can_be_a_file()
    {
        using var folder = new TemporaryFolder();
        var variables = Good
            .Where(variable => variable.Key.StartsWith("CONTAINER_", StringComparison.Ordinal))
            .ToDictionary(
                variable => variable.Key + "_FILE", variable => folder.Write(variable.Key, variable.Value + "\n"));

        Assert.Empty(Problems(variables));
        var (fromFiles, fromValues) =
            (new ContainerConfigManager(
                variables).LoadContainerConfig(), new ContainerConfigManager(Good).LoadContainerConfig());
        Assert.Equal(fromValues.Worker, fromFiles.Worker);
        Assert.Equal(fromValues.DatabaseConnections["QUEUE"], fromFiles.DatabaseConnections["QUEUE"]);
    }

    [Fact]
    public void A_file_that_is_missing_empty_or_beside_a_value_is_a_fault()
    {
        using var folder = new TemporaryFolder();
        var variables = new Dictionary<string, string>(Good)
        {
            ["CONTAINER_FLOW_NAME_FILE"] = folder.Write("name", "rpa2"),
            ["CONTAINER_WORKER__POLL_INTERVAL_FILE"] = folder.Write("empty", "\n"),
            ["CONTAINER_WORKER__DRAIN_TIMEOUT_FILE"] = folder.PathOf("missing"),
        };

        var problems = Problems(variables);

        Assert.Equal(
            ["CONTAINER_FLOW_NAME", "CONTAINER_WORKER__POLL_INTERVAL_FILE", "CONTAINER_WORKER__DRAIN_TIMEOUT_FILE"],
            problems.Select(problem => problem.Variable));
        Assert.All(problems, problem => Assert.True(problem.IsError));
    }

    [Theory]
    [InlineData("postgres://rpa:s3cret@db/rpa", "is a URI")]
    [InlineData("s3cret", "is not a list")]
    [InlineData("Hots=db;Password=s3cret", "did you mean 'Host'?")]
    [InlineData("Database=rpa;Password=s3cret", "names no host")]
    [InlineData("Host=db;Port=s3cret", "refuses")]
    public void A_connection_string_is_faulted_without_telling_its_secrets(string text, string expected)
    {
        var problems = Problems(new Dictionary<string, string>(Good) { [Connection] = text });

        Assert.Contains(problems, problem => problem.ToString().Contains(expected, StringComparison.Ordinal));
        Assert.All(problems, problem => Assert.DoesNotContain("s3cret", problem.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public void A_configuration_never_prints_its_password() => Assert.DoesNotContain(
        "s3cret", new ContainerConfigManager(
            Good).LoadContainerConfig().DatabaseConnections["QUEUE"].ToString(), StringComparison.Ordinal);

    [Fact]
    public void Whatever_the_variables_hold_the_result_is_valid_or_the_variable_is_named()
    {
        string[] all =
        [
            "CONTAINER_WORKER__BATCH_SIZE", "CONTAINER_WORKER__LEASE", "CONTAINER_WORKER__MAX_ATTEMPTS",
            "CONTAINER_HEALTH_CHECK_CONFIG__PORT", "CONTAINER_FLOW_NAME",
        ];
        var names = Gen.Int[0, all.Length - 1].Select(i => all[i]);
        var values =
            Gen.OneOf(Gen.String[Gen.Char["0159msh-ab "], 0, 6], Gen.Int[-5, 70_000].Select(number => $"{number}"));
        Gen.Dictionary(names, values)[0, 5].Sample(changes =>
        {
            var variables = new Dictionary<string, string>(Good);
            foreach (var (name, value) in changes)
            {
                variables[name] = value;
            }

            var result = new ConfigurationValidator(variables).ValidateEnvironmentVariables();
            Assert.All(result.Problems, problem => Assert.Contains(problem.Variable, changes.Keys));
            if (result.IsValid)
            {
                var worker = new ContainerConfigManager(variables).LoadContainerConfig().Worker;
                Assert.InRange(worker.BatchSize, 1, 10_000);
                Assert.InRange(worker.Lease, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
            }
        });
    }

    private static IReadOnlyList<ConfigurationProblem> Problems(IReadOnlyDictionary<string, string> variables) =>
        new ConfigurationValidator(variables).ValidateEnvironmentVariables().Problems;
}
