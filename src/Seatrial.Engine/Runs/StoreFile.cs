using Microsoft.Data.Sqlite;

namespace Seatrial.Engine.Runs;

/// <summary>The store's file: its schema's version, and what is wrong with it in the user's words.</summary>
internal sealed class StoreFile : IDisposable
{
    private const int Version = 2;
    private const int Busy = 5;
    private const int Locked = 6;
    private const int ReadOnly = 8;
    private const int CannotOpen = 14;
    private const int WaitMilliseconds = 5000;

    private const string Schema = """
        create table if not exists runs (
            id text primary key, system text not null, suite text not null, seed text not null,
            started_at text not null, duration real not null, verdict text not null, stopped_because text,
            records integer not null, version text not null, machine text not null, images text not null,
            folder text not null, command text not null);
        create index if not exists runs_of_system on runs (system, started_at);
        create table if not exists metrics (
            run text not null, name text not null, value real not null, count integer not null,
            unique (run, name));
        create table if not exists seconds (
            run text not null, stage text not null, length real not null, data blob not null,
            unique (run, stage));
        """;

    /// <summary>What version 2 has beside version 1, in place: runs of version 1 have a load that is not
    /// known.</summary>
    private const string Load = "alter table runs add column load text not null default ''";

    private readonly SqliteConnection _connection;

    private StoreFile(string path)
    {
        Path = path;
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Pooling = false,

            // Else the library waits for half a minute beside the file's own patience.
            DefaultTimeout = WaitMilliseconds / 1000,
        }.ConnectionString);
    }

    public string Path { get; }

    /// <exception cref="SeatrialException">It can't be had.</exception>
    public static StoreFile Open(string path)
    {
        try
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path) ?? ".");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(path, failure);
        }

        var file = new StoreFile(path);
        try
        {
            file.Try(file.Prepare);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>All of it or nothing.</summary>
    public void Write(Action work) => Try(() =>
    {
        using var transaction = _connection.BeginTransaction();
        work();
        transaction.Commit();
        return true;
    });

    /// <summary>Within <see cref="Write"/>.</summary>
    public void Execute(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var command = Command(sql, parameters);
        command.ExecuteNonQuery();
    }

    public IReadOnlyList<T> Query<T>(
        string sql, Func<SqliteDataReader, T> read, params (string Name, object? Value)[] parameters) => Try(() =>
    {
        using var command = Command(sql, parameters);
        using var reader = command.ExecuteReader();
        var all = new List<T>();
        while (reader.Read())
        {
            all.Add(read(reader));
        }

        return all;
    });

    public SeatrialException Broken(Exception cause) => new(
        ExitCode.Usage,
        [
            new Problem
            {
                What = "The run store is damaged.",
                Where = Path,
                Why = cause.Message,
                Fix = "Restore it from where it was kept, or move it away: the next run begins a new one.",
            },
        ],
        cause);

    public void Dispose() => _connection.Dispose();

    private bool Prepare()
    {
        _connection.Open();
        Execute($"pragma busy_timeout = {WaitMilliseconds}");
        var version = VersionOf();
        if (version > Version)
        {
            throw new SeatrialException(
                ExitCode.Usage,
                $"The run store is of version {version}; this Seatrial knows version {Version}.",
                Path,
                "Use the newer Seatrial that made it, or move it away: the next run begins a new one.");
        }

        // A reader need not be able to write.
        if (version < Version)
        {
            Execute("pragma journal_mode = wal");
            using var transaction = _connection.BeginTransaction();
            Bring(VersionOf());
            transaction.Commit();
        }

        return true;
    }

    /// <summary>Within a transaction: another program may have been first.</summary>
    private void Bring(long version)
    {
        if (version < Version)
        {
            Execute(Schema);
            Execute(Load);
            Execute($"pragma user_version = {Version}");
        }
    }

    private long VersionOf()
    {
        using var command = Command("pragma user_version", []);
        return (long)(command.ExecuteScalar() ?? 0L);
    }

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

    private T Try<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (SqliteException failure)
        {
            throw failure.SqliteErrorCode switch
            {
                Busy or Locked => new SeatrialException(
                    ExitCode.Unavailable,
                    $"Another program has kept the run store locked for {WaitMilliseconds / 1000} s.",
                    Path,
                    "End the program that has it open (`fuser` names it), and try again."),
                ReadOnly or CannotOpen => Unwritable(Path, failure),
                _ => Broken(failure),
            };
        }
        catch (InvalidDataException damage)
        {
            throw Broken(damage);
        }
    }

    private static SeatrialException Unwritable(string path, Exception cause) => new(
        ExitCode.Usage,
        [
            new Problem
            {
                What = "The run store can't be opened.",
                Where = path,
                Why = cause.Message,
                Fix = "Let this user write the folder and the file, or work in a folder of your own.",
            },
        ],
        cause);
}
