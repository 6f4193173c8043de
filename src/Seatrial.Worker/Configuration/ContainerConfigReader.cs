using System.Text.RegularExpressions;
using Seatrial.Wire;

namespace Seatrial.Worker.Configuration;

/// <summary>The one place that says which variable becomes which member, within which bounds.</summary>
internal static partial class ContainerConfigReader
{
    public static (ContainerConfig Config, IReadOnlyList<ConfigurationProblem> Problems) Read(
        IReadOnlyDictionary<string, string> variables)
    {
        var reader = new VariableReader(variables);
        var preset = new WorkerConfig();
        var config = new ContainerConfig
        {
            Environment = Name(
                reader, ContainerVariables.Environment, reader.Text(ContainerVariables.Environment) ?? "development"),
            FlowName = Name(reader, ContainerVariables.FlowName, reader.Required(ContainerVariables.FlowName, "rpa1")),
            DatabaseConnections = Databases(reader, variables),
            Worker = new WorkerConfig
            {
                BatchSize = reader.Integer(ContainerVariables.BatchSize, 1, 10_000, preset.BatchSize),
                Concurrency = reader.Integer(ContainerVariables.Concurrency, 1, 256, preset.Concurrency),
                Lease = reader.Duration(ContainerVariables.Lease, Seconds(1), Hours(1), preset.Lease),
                PollInterval = reader.Duration(
                    ContainerVariables.PollInterval, Millis(10), Hours(1), preset.PollInterval),
                MaxAttempts = reader.Integer(ContainerVariables.MaxAttempts, 1, 1000, preset.MaxAttempts),
                DrainTimeout = reader.Duration(
                    ContainerVariables.DrainTimeout, Seconds(1), Hours(1), preset.DrainTimeout),
                RetryConfig = Retry(
                    reader, ContainerVariables.RetryFirstDelay, ContainerVariables.RetryMaxDelay, preset.RetryConfig),
            },
            HealthCheckConfig = Health(reader),
        };
        reader.WarnOfUnknown();
        return (config, reader.Problems);
    }

    private static HealthCheckConfig Health(VariableReader reader)
    {
        var preset = new HealthCheckConfig();
        return new HealthCheckConfig
        {
            Port = reader.Integer(ContainerVariables.HealthPort, 1, 65_535, preset.Port),
            Interval = reader.Duration(ContainerVariables.HealthInterval, Millis(100), Hours(1), preset.Interval),
            Timeout = reader.Duration(ContainerVariables.HealthTimeout, Millis(100), Hours(1), preset.Timeout),
        };
    }

    private static Dictionary<string, DatabaseConfig> Databases(
        VariableReader reader, IReadOnlyDictionary<string, string> variables)
    {
        var names = variables.Keys
            .Select(variable => DatabaseVariable().Match(variable))
            .Where(match => match.Success)
            .Select(match => match.Groups["name"].Value)
            .Append(ContainerVariables.QueueDatabase)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal);
        return names.ToDictionary(
            name => name, name => Database(reader, $"{ContainerVariables.DatabasePrefix}{name}__"));
    }

    private static DatabaseConfig Database(VariableReader reader, string prefix)
    {
        var connectionString = prefix + "CONNECTION_STRING";
        var database = new DatabaseConfig
        {
            ConnectionString = reader.Required(connectionString, "Host=db;Database=rpa;Username=rpa;Password=…"),
        };
        if (database.ConnectionString.Length > 0)
        {
            ConnectionStringRules.Check(reader, connectionString, database.ConnectionString);
        }

        return database with
        {
            ConnectionPoolSize = reader.Integer(prefix + "CONNECTION_POOL_SIZE", 4, 1000, database.ConnectionPoolSize),
            ConnectionTimeout = reader.Duration(
                prefix + "CONNECTION_TIMEOUT", Seconds(1), Seconds(300), database.ConnectionTimeout),
            HealthCheckQuery = reader.Text(prefix + "HEALTH_CHECK_QUERY") ?? database.HealthCheckQuery,
            RetryConfig = Retry(
                reader,
                prefix + "RETRY_CONFIG__FIRST_DELAY",
                prefix + "RETRY_CONFIG__MAX_DELAY",
                database.RetryConfig),
        };
    }

    private static RetryConfig Retry(VariableReader reader, string first, string most, RetryConfig preset)
    {
        var retry = new RetryConfig
        {
            FirstDelay = reader.Duration(first, Millis(1), Hours(24), preset.FirstDelay),
            MaxDelay = reader.Duration(most, Millis(1), Hours(24), preset.MaxDelay),
        };
        if (retry.FirstDelay > retry.MaxDelay)
        {
            var (firstText, mostText) = (DurationText.Format(retry.FirstDelay), DurationText.Format(retry.MaxDelay));
            reader.Fault(
                first, $"is {firstText}, above {most} ({mostText}).",
                $"set {first} to at most {mostText}, or raise {most}.");
        }

        return retry;
    }

    private static string Name(VariableReader reader, string variable, string value)
    {
        if (value.Length > 0 && !NamePattern().IsMatch(value))
        {
            var suggestion = NotInNames().Replace(value.ToLowerInvariant(), "-").Trim('-');
            reader.Fault(
                variable,
                $"is '{value}'; a name has lower-case letters, digits, '-' and '_', at most 63, "
                + "and starts with a letter.",
                $"set {variable}={(NamePattern().IsMatch(suggestion) ? suggestion : "rpa1")}.");
        }

        return value;
    }

    private static TimeSpan Millis(int count) => TimeSpan.FromMilliseconds(count);

    private static TimeSpan Seconds(int count) => TimeSpan.FromSeconds(count);

    private static TimeSpan Hours(int count) => TimeSpan.FromHours(count);

    [GeneratedRegex("^CONTAINER_DATABASE_CONNECTIONS__(?<name>[A-Z0-9]+(?:_[A-Z0-9]+)*)__[A-Z]")]
    private static partial Regex DatabaseVariable();

    [GeneratedRegex("^[a-z][a-z0-9_-]{0,62}$")]
    private static partial Regex NamePattern();

    [GeneratedRegex("[^a-z0-9_-]+")]
    private static partial Regex NotInNames();
}
