using Npgsql;
using Seatrial.Testing;

namespace Seatrial.Worker.Tests.Faults;

/// <summary>A durable PostgreSQL of a test class's own, small enough to be used up.</summary>
public sealed class FaultServer : IAsyncLifetime
{
    private PostgresServer? _server;

    internal PostgresServer Server => _server ?? throw new InvalidOperationException("It has not been started.");

    public async ValueTask InitializeAsync() => _server = await PostgresServer.StartAsync(
        ["max_connections=30", "superuser_reserved_connections=1"], CancellationToken.None);

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>Takes every connection there is from who has them; to be given back by disposal.</summary>
    internal async Task<IAsyncDisposable> HoardAsync(string database)
    {
        var hoard = new Hoard();
        var settings = new NpgsqlConnectionStringBuilder(Server.ConnectionString) { Pooling = false };
        var first = await hoard.OpenAsync(settings.ConnectionString);
        while (true)
        {
            await ExecuteAsync(
                first, $"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{database}'");
            try
            {
                while (true)
                {
                    await hoard.OpenAsync(settings.ConnectionString);
                }
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.TooManyConnections)
            {
                if (await ExecuteAsync(
                    first, $"select count(*) from pg_stat_activity where datname = '{database}'") is 0L)
                {
                    return hoard;
                }
            }
        }
    }

    private static async Task<object?> ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    private sealed class Hoard : IAsyncDisposable
    {
        private readonly List<NpgsqlConnection> _connections = [];

        public async Task<NpgsqlConnection> OpenAsync(string connectionString)
        {
            var connection = new NpgsqlConnection(connectionString);
            await connection.OpenAsync();
            _connections.Add(connection);
            return connection;
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var connection in _connections)
            {
                await connection.DisposeAsync();
            }
        }
    }
}
