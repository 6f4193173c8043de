using Npgsql;

namespace Seatrial.Testing;

/// <summary>A fresh database on a real PostgreSQL with <c>wal_level=logical</c>, dropped at the end.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private readonly string _server;
    private readonly string _name;

    private TestDatabase(string server, string name)
    {
        _server = server;
        _name = name;
        ConnectionString = new NpgsqlConnectionStringBuilder(server) { Database = name }.ConnectionString;
    }

    /// <summary>Of a superuser.</summary>
    public string ConnectionString { get; }

    public static async Task<TestDatabase> CreateAsync(CancellationToken cancellationToken)
    {
        var server = await PostgresServer.SharedAsync().WaitAsync(cancellationToken);
        return await CreateAsync(server, cancellationToken);
    }

    /// <summary>On a server of the caller's own.</summary>
    public static async Task<TestDatabase> CreateAsync(PostgresServer server, CancellationToken cancellationToken)
    {
        var database = new TestDatabase(server.ConnectionString, "test_" + Guid.NewGuid().ToString("N"));
        await database.ExecuteAsync($"create database {database._name}", cancellationToken);
        return database;
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await ExecuteAsync($"drop database if exists {_name} with (force)", CancellationToken.None);
    }

    private async Task ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(_server);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
