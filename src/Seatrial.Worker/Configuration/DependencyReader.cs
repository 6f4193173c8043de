using System.Text.RegularExpressions;
using Npgsql;
using Seatrial.Wire;

namespace Seatrial.Worker.Configuration;

/// <summary>Reads what is set once for each database and each service.</summary>
internal static partial class DependencyReader
{
    public static Dictionary<string, DatabaseConfig> Databases(VariableReader reader, IEnumerable<string> names) =>
        NamesIn(names, DatabaseVariable())
            .Append(ContainerVariables.QueueDatabase)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .ToDictionary(name => name, name => Database(reader, name));

    public static IReadOnlyList<ServiceDependency> Services(VariableReader reader, IEnumerable<string> names) =>
    [
        .. NamesIn(names, ServiceVariable())
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .Select(name => Service(reader, name)),
    ];

    public static RetryConfig Retry(
        VariableReader reader, ContainerOption.Duration first, ContainerOption.Duration most)
    {
        var retry = new RetryConfig { FirstDelay = reader.Duration(first), MaxDelay = reader.Duration(most) };
        if (retry.FirstDelay > retry.MaxDelay)
        {
            var (firstText, mostText) = (DurationText.Format(retry.FirstDelay), DurationText.Format(retry.MaxDelay));
            reader.Fault(
                first.Variable, $"is {firstText}, above {most.Variable} ({mostText}).",
                $"set {first.Variable} to at most {mostText}, or raise {most.Variable}.");
        }

        return retry;
    }

    private static DatabaseConfig Database(VariableReader reader, string name)
    {
        var connection = ContainerOptions.ConnectionString.For(name);
        var text = reader.Text(connection) ?? "";
        var isGood = text.Length == 0 || ConnectionStringRules.Check(reader, connection.Variable, text);
        var password = reader.Text(ContainerOptions.Password.For(name));
        var isRequired = reader.Switch(ContainerOptions.DatabaseRequired.For(name));
        if (name == ContainerVariables.QueueDatabase && !isRequired)
        {
            reader.Fault(
                ContainerOptions.DatabaseRequired.For(name).Variable,
                "is false, but without the queue there is nothing to work on.", "remove it.");
        }

        return new DatabaseConfig
        {
            ConnectionString = password is null || !isGood
                ? text
                : new NpgsqlConnectionStringBuilder(text) { Password = password }.ConnectionString,
            ConnectionPoolSize = reader.Whole(ContainerOptions.PoolSize.For(name), 0),
            ConnectionTimeout = reader.Duration(ContainerOptions.ConnectionTimeout.For(name)),
            HealthCheckQuery = reader.Text(ContainerOptions.HealthQuery.For(name)) ?? "",
            Required = isRequired,
            RetryConfig = Retry(
                reader, ContainerOptions.DatabaseFirstDelay.For(name), ContainerOptions.DatabaseMaxDelay.For(name)),
        };
    }

    private static ServiceDependency Service(VariableReader reader, string name)
    {
        var required = ContainerOptions.ServiceRequired.For(name);
        return new ServiceDependency
        {
            ServiceName = name,
            HealthEndpoint = reader.Endpoint(ContainerOptions.HealthEndpoint.For(name)) ?? new Uri("tcp://none:1"),
            Timeout = reader.Duration(ContainerOptions.ServiceTimeout.For(name)),
            RetryAttempts = reader.Whole(ContainerOptions.RetryAttempts.For(name), 0),
            Required = reader.Switch(
                name == ContainerVariables.PrefectService ? required with { Preset = false } : required),
        };
    }

    private static TOption For<TOption>(this TOption option, string name)
        where TOption : ContainerOption => (TOption)(option with
        {
            Variable = option.Variable.Replace(ContainerOption.NamePart, name, StringComparison.Ordinal),
        });

    private static IEnumerable<string> NamesIn(IEnumerable<string> variables, Regex pattern) =>
        variables
            .Select(variable => pattern.Match(variable))
            .Where(match => match.Success)
            .Select(match => match.Groups["name"].Value);

    [GeneratedRegex("^CONTAINER_DATABASE_CONNECTIONS__(?<name>[A-Z0-9]+(?:_[A-Z0-9]+)*)__[A-Z]")]
    private static partial Regex DatabaseVariable();

    [GeneratedRegex("^CONTAINER_SERVICE_DEPENDENCIES__(?<name>[A-Z0-9]+(?:_[A-Z0-9]+)*)__[A-Z]")]
    private static partial Regex ServiceVariable();
}
