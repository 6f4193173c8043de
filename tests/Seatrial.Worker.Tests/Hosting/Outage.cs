using Npgsql;

namespace Seatrial.Worker.Tests.Hosting;

/// <summary>A database that takes no connections and has cut those that it had.</summary>
internal sealed class Outage : IAsyncDisposable
{
    private readonly string _server;
    private readonly string _database;

    private Outage(string server, string database)
    {
        _server = server;
        _database = database;
    }

    public static async Task<Outage> BeginAsync(string connectionString)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString);
        var database = builder.Database ?? "";
        builder.Database = "postgres";
        var outage = new Outage(builder.ConnectionString, database);
        await outage.ExecuteAsync($"alter database {database} allow_connections false");
        await outage.ExecuteAsync(
            $"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{database}'");
        return outage;
    }

    public async ValueTask DisposeAsync() => await ExecuteAsync($"alter database {_database} allow_connections true");

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(_server);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
