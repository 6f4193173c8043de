using System.Globalization;
using Npgsql;
using Seatrial.Testing;

namespace Seatrial.Bench.Queues;

/// <summary>A fresh database on the benchmark's server, with durable commits.</summary>
internal sealed class BenchDatabase : IAsyncDisposable
{
    private readonly PostgresServer _server;
    private readonly TestDatabase _database;

    private BenchDatabase(PostgresServer server, TestDatabase database)
    {
        _server = server;
        _database = database;
    }

    public string ConnectionString => _database.ConnectionString;

    public string ContainerId => _server.ContainerId;

    public static async Task<BenchDatabase> CreateAsync(PostgresServer server) =>
        new(server, await TestDatabase.CreateAsync(server, CancellationToken.None));

    public async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync();
    }

    public async Task<T> AskAsync<T>(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        return (T)(await command.ExecuteScalarAsync() ?? throw new InvalidOperationException($"No answer to {sql}."));
    }

    /// <summary>Looks again every 20 ms.</summary>
    public async Task UntilAsync(string condition)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"select {condition}", connection) { CommandTimeout = 0 };
        while (await command.ExecuteScalarAsync() is not true)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
    }

    /// <summary>Of the server's container, by its control group (v1 or v2).</summary>
    public TimeSpan ServerTime()
    {
        var v1 = $"/sys/fs/cgroup/cpuacct/docker/{ContainerId}/cpuacct.usage";
        if (File.Exists(v1))
        {
            return TimeSpan.FromMicroseconds(long.Parse(File.ReadAllText(v1), CultureInfo.InvariantCulture) / 1000.0);
        }

        var v2 = File.ReadLines($"/sys/fs/cgroup/system.slice/docker-{ContainerId}.scope/cpu.stat");
        var usage = v2.First(line => line.StartsWith("usage_usec ", StringComparison.Ordinal));
        return TimeSpan.FromMicroseconds(long.Parse(usage.Split(' ')[1], CultureInfo.InvariantCulture));
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();
}
