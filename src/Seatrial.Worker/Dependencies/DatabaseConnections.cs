using Npgsql;
using Seatrial.Wire;
using Seatrial.Worker.Configuration;
using Seatrial.Worker.Processing;

namespace Seatrial.Worker.Dependencies;

/// <summary>
/// The pools over the configured databases; a password that changes holds from the next connection on.
/// </summary>
internal sealed class DatabaseConnections : IAsyncDisposable
{
    private readonly Dictionary<string, NpgsqlDataSource> _pools = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _targets = new(StringComparer.Ordinal);
    private readonly LiveConfig _config;

    public DatabaseConnections(LiveConfig config, string applicationName)
    {
        _config = config;
        foreach (var (name, database) in config.Current.DatabaseConnections)
        {
            var settings = new NpgsqlConnectionStringBuilder(database.ConnectionString);
            _targets[name] = $"{settings.Host}:{settings.Port}/{settings.Database ?? settings.Username}";
            _pools[name] = Create(name, database, applicationName);
        }
    }

    public NpgsqlDataSource Queue => _pools[ContainerVariables.QueueDatabase];

    public NpgsqlDataSource this[string name] => _pools[name];

    /// <summary>Where it is, without secrets: <c>db:5432/rpa</c>.</summary>
    public string TargetOf(string name) => _targets[name];

    public async ValueTask DisposeAsync()
    {
        foreach (var pool in _pools.Values)
        {
            await pool.DisposeAsync().ConfigureAwait(false);
        }
    }

    private NpgsqlDataSource Create(string name, DatabaseConfig database, string applicationName)
    {
        var given = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        var builder = new NpgsqlDataSourceBuilder(Settings(name, database, applicationName)) { Name = name };
        if (!string.IsNullOrEmpty(given.Password))
        {
            builder.UsePasswordProvider(_ => PasswordOf(name), (_, _) => ValueTask.FromResult(PasswordOf(name)));
        }

        return builder.Build();
    }

    private string PasswordOf(string name) => new NpgsqlConnectionStringBuilder(
        _config.Current.DatabaseConnections[name].ConnectionString).Password ?? "";

    // Without the password: a data source does not give it away.
    private string Settings(string name, DatabaseConfig database, string applicationName)
    {
        if (name == ContainerVariables.QueueDatabase)
        {
            using var queue = QueueDataSource.Create(database, applicationName, _config.Current.Worker.Lease);
            return queue.ConnectionString;
        }

        var settings = new NpgsqlConnectionStringBuilder(database.ConnectionString)
        {
            Password = null,
            MaxPoolSize = database.ConnectionPoolSize,
            Timeout = (int)Math.Ceiling(database.ConnectionTimeout.TotalSeconds),
            ApplicationName = applicationName,
        };
        QueueDataSource.DoWithoutKerberos(settings);
        return settings.ConnectionString;
    }
}
