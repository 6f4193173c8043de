using Npgsql;
using Seatrial.Testing;
using Seatrial.Worker.Tests.Processing;

namespace Seatrial.Worker.Tests.Dependencies;

/// <summary>An ordinary user of a test's database.</summary>
internal sealed class TestRole : IAsyncDisposable
{
    private readonly string _server;
    private readonly string _name = "role_" + Guid.NewGuid().ToString("N");

    private TestRole(TestDatabase database)
    {
        var settings = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        _server = database.ConnectionString;
        Database = settings.Database ?? "";
        settings.Username = _name;
        settings.Password = "first";
        ConnectionString = settings.ConnectionString;
    }

    public string ConnectionString { get; }

    public string Database { get; }

    public string Name => _name;

    public static async Task<TestRole> CreateAsync(TestDatabase database, string options)
    {
        var role = new TestRole(database);
        await role.AsSuperuserAsync($"create role {role._name} login password 'first' {options}");
        return role;
    }

    public async Task AsSuperuserAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(_server);
        await connection.OpenAsync(TestQueue.Cancellation);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(TestQueue.Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await AsSuperuserAsync(
            $"select pg_terminate_backend(pid) from pg_stat_activity where usename = '{_name}'");
        await AsSuperuserAsync($"drop owned by {_name} cascade; drop role {_name}");
    }
}
