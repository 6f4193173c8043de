using Npgsql;
using Seatrial.Testing;
using Seatrial.Wire;
using Seatrial.Worker.Configuration;
using Seatrial.Worker.Tests.Hosting;
using Seatrial.Worker.Tests.Processing;

namespace Seatrial.Worker.Tests.Dependencies;

/// <summary>Each cause at a real PostgreSQL, as far as it can be had there.</summary>
public sealed class DatabaseCauseTests
{
    [Fact]
    public async Task A_wrong_password_is_told_and_not_shown()
    {
        await using var database = await TestDatabase.CreateAsync(TestQueue.Cancellation);

        var status = await AskAsync(With(database, settings => settings.Password = "wr0ng"));

        Assert.Equal(DependencyCauses.Authentication, status.Cause);
        Assert.Contains("password authentication failed for user \"test\"", status.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("wr0ng", status.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_database_is_told_apart()
    {
        await using var database = await TestDatabase.CreateAsync(TestQueue.Cancellation);

        var status = await AskAsync(With(database, settings => settings.Database = "nowhere"));

        Assert.Equal(DependencyCauses.DatabaseMissing, status.Cause);
        Assert.Contains(
            "\"nowhere\" does not exist.  fix: create the database", status.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_closed_port_is_refused()
    {
        var port = TestWorker.FreePort();

        var status = await AskAsync($"Host=127.0.0.1;Port={port};Username=nobody;Database=rpa");

        Assert.Equal(DependencyCauses.Refused, status.Cause);
        Assert.Equal(
            $"Nothing listens at 127.0.0.1:{port}/rpa.  fix: start it, or correct host and port.", status.Message);
    }

    [Fact]
    public async Task A_name_that_does_not_resolve_is_told_apart()
    {
        var status = await AskAsync("Host=nobody.invalid;Username=nobody");

        Assert.Equal(DependencyCauses.Name, status.Cause);
    }

    [Fact]
    public async Task Silence_is_a_timeout()
    {
        await using var silent = TestServer.Silent();

        var status = await AskAsync(
            $"Host=127.0.0.1;Port={silent.Port};Username=nobody",
            ("DATABASE_CONNECTIONS__QUEUE__CONNECTION_TIMEOUT", "1s"));

        Assert.Equal(DependencyCauses.Timeout, status.Cause);
    }

    [Fact]
    public async Task An_address_without_a_way_is_unreachable()
    {
        // The last block of IPv4 is routed nowhere.
        var status = await AskAsync("Host=255.255.255.255;Username=nobody");

        Assert.Equal(DependencyCauses.Unreachable, status.Cause);
    }

    [Fact]
    public async Task A_connection_that_ends_in_the_middle_is_broken()
    {
        await using var server = new TestServer(() => []);

        var status = await AskAsync($"Host=127.0.0.1;Port={server.Port};Username=nobody");

        Assert.Equal(DependencyCauses.Broken, status.Cause);
    }

    [Fact]
    public async Task A_server_without_TLS_is_told_when_TLS_is_asked_for()
    {
        await using var database = await TestDatabase.CreateAsync(TestQueue.Cancellation);

        var status = await AskAsync(With(database, settings => settings.SslMode = SslMode.Require));

        Assert.Equal(DependencyCauses.Tls, status.Cause);
    }

    [Fact]
    public async Task A_user_without_rights_is_told_what_it_lacks()
    {
        await using var database = await TestDatabase.CreateAsync(TestQueue.Cancellation);
        await using var role = await TestRole.CreateAsync(database, "");

        var status = await AskAsync(
            role.ConnectionString,
            ("DATABASE_CONNECTIONS__QUEUE__HEALTH_CHECK_QUERY", "select count(*) from pg_authid"));

        Assert.Equal(DependencyCauses.Permission, status.Cause);
        Assert.Contains("permission denied for table pg_authid", status.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_user_that_may_not_connect_is_told_so()
    {
        await using var database = await TestDatabase.CreateAsync(TestQueue.Cancellation);
        await using var role = await TestRole.CreateAsync(database, "");
        await role.AsSuperuserAsync($"revoke connect on database {role.Database} from public");

        var status = await AskAsync(role.ConnectionString);

        Assert.Equal(DependencyCauses.Permission, status.Cause);
    }

    [Fact]
    public async Task A_server_without_a_free_connection_is_told_apart()
    {
        await using var database = await TestDatabase.CreateAsync(TestQueue.Cancellation);
        await using var role = await TestRole.CreateAsync(database, "connection limit 1");
        await using var only = new NpgsqlConnection(role.ConnectionString);
        await only.OpenAsync(TestQueue.Cancellation);

        var status = await AskAsync(role.ConnectionString + ";Pooling=true;Application Name=other");

        Assert.Equal(DependencyCauses.OutOfConnections, status.Cause);
    }

    [Fact]
    public async Task A_database_that_takes_no_connections_yet_is_starting_up()
    {
        await using var database = await TestDatabase.CreateAsync(TestQueue.Cancellation);
        await using var outage = await Outage.BeginAsync(database.ConnectionString);

        var status = await AskAsync(database.ConnectionString);

        Assert.Equal(DependencyCauses.StartingUp, status.Cause);
    }

    [Fact]
    public async Task A_health_query_that_fails_is_told_with_what_the_server_said()
    {
        await using var database = await TestDatabase.CreateAsync(TestQueue.Cancellation);

        var status = await AskAsync(
            database.ConnectionString, ("DATABASE_CONNECTIONS__QUEUE__HEALTH_CHECK_QUERY", "select 1/0"));

        Assert.Equal(DependencyCauses.Unhealthy, status.Cause);
        Assert.Contains("division by zero", status.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_validator_tells_the_same_as_a_problem_of_the_variable()
    {
        const string Variable = "CONTAINER_DATABASE_CONNECTIONS__QUEUE__CONNECTION_STRING";
        await using var database = await TestDatabase.CreateAsync(TestQueue.Cancellation);
        var variables = new Dictionary<string, string>
        {
            ["CONTAINER_FLOW_NAME"] = "flow",
            [Variable] = With(database, settings => settings.Database = "nowhere"),
        };
        var validator = new ConfigurationValidator(variables);

        var result = await validator.ValidateDatabaseConnectionsAsync(TestQueue.Cancellation);

        Assert.False(result.IsValid);
        Assert.Equal(Variable, Assert.Single(result.Problems).Variable);
        Assert.Equal(
            DependencyCauses.DatabaseMissing, Assert.Single(validator.GenerateStartupReport().Dependencies).Cause);
        variables[Variable] = database.ConnectionString;
        Assert.True((await new ConfigurationValidator(variables)
            .ValidateDatabaseConnectionsAsync(TestQueue.Cancellation)).IsValid);
    }

    private static string With(TestDatabase database, Action<NpgsqlConnectionStringBuilder> change)
    {
        var settings = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        change(settings);
        return settings.ConnectionString;
    }

    private static async Task<DependencyStatus> AskAsync(
        string connectionString, params (string Name, string Value)[] variables)
    {
        await using var services = new TestServices(connectionString, variables);
        var health = await services.Orchestrator.ValidateServiceHealthAsync(TestQueue.Cancellation);
        Assert.Equal(HealthStatus.Unhealthy, health.Status);
        return Assert.Single(health.Services);
    }
}
