using Microsoft.Data.Sqlite;

namespace Seatrial.Worker.Recovery;

/// <summary>One connection to one SQLite file, for one thread at a time.</summary>
internal sealed class SqliteSession : IDisposable
{
    private readonly SqliteConnection _connection;

    /// <summary>What is committed survives the death of the process and of the machine.</summary>
    public SqliteSession(string file)
    {
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = file,
            Pooling = false,
        }.ConnectionString);
        _connection.Open();
        try
        {
            // Before anything is written: it decides how the file is laid out.
            Execute("pragma auto_vacuum = incremental");
            Execute("pragma journal_mode = wal");
            Execute("pragma synchronous = full");
            Execute("pragma busy_timeout = 5000");
        }
        catch
        {
            _connection.Dispose();
            throw;
        }
    }

    public int Execute(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var command = Command(sql, parameters);
        return command.ExecuteNonQuery();
    }

    public IReadOnlyList<T> Query<T>(
        string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var command = Command(sql, parameters);
        using var reader = command.ExecuteReader();
        var all = new List<T>();
        while (reader.Read())
        {
            all.Add(read(reader));
        }

        return all;
    }

    public void Transaction(Action work)
    {
        using var transaction = _connection.BeginTransaction();
        work();
        transaction.Commit();
    }

    /// <summary>Free pages and the log's room go back to the file system.</summary>
    public void GiveBack()
    {
        Execute("pragma wal_checkpoint(truncate)");
        Query("pragma incremental_vacuum", _ => true);
        Execute("pragma wal_checkpoint(truncate)");
    }

    public void Dispose() => _connection.Dispose();

    private SqliteCommand Command(string sql, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        }

        return command;
    }
}
