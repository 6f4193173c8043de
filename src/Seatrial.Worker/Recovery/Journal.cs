using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Seatrial.Worker.Recovery;

/// <summary>
/// Finished work on the local disk while the database is away: it survives the process, a torn last write, and the
/// container where its folder is a volume. A successor that takes the folder over commits it, under the fences of the
/// one before. Bounded: what finds no room stays with its worker, which then takes no more.
/// </summary>
internal sealed partial class Journal : IDisposable
{
    private const string Schema =
        """
        create table if not exists entries (
            id integer primary key autoincrement, bytes integer not null, data blob not null)
        """;

    private readonly SqliteSession _sqlite;
    private readonly StateFile _file;
    private readonly long _most;
    private readonly ILogger _logger;
    private readonly Lock _gate = new();

    private Journal(StateFile file, long most, ILogger logger)
    {
        _file = file;
        _most = most;
        _logger = logger;
        _sqlite = new SqliteSession(file.Name);
        try
        {
            _sqlite.Execute(Schema);
        }
        catch
        {
            _sqlite.Dispose();
            throw;
        }
    }

    /// <summary>Released once for each entry.</summary>
    public SemaphoreSlim News { get; } = new(0);

    /// <summary>Entries that wait, and the bytes of their content.</summary>
    public (long Entries, long Bytes) Depth
    {
        get
        {
            lock (_gate)
            {
                return _sqlite.Query(
                    "select count(*), coalesce(sum(bytes), 0) from entries",
                    row => (row.GetInt64(0), row.GetInt64(1)))[0];
            }
        }
    }

    /// <summary>Null, with a line in the log, where the folder can't be used.</summary>
    public static Journal? Open(string folder, string flow, long most, ILogger logger)
    {
        StateFile? file = null;
        try
        {
            file = StateFile.Claim(folder, $"journal-{flow}");
            var journal = new Journal(file, most, logger);
            var depth = journal.Depth;
            if (depth.Entries > 0)
            {
                journal.LogFound(depth.Entries, depth.Bytes);
                journal.News.Release();
            }

            return journal;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SqliteException)
        {
            file?.Dispose();
            LogNoJournal(logger, folder, e.Message);
            return null;
        }
    }

    /// <summary>False where there is no room for it, or the disk does not take it.</summary>
    public bool TryAppend(JournalEntry entry)
    {
        var data = JsonSerializer.SerializeToUtf8Bytes(entry, JournalJson.Default.JournalEntry);
        if (Depth.Bytes + data.Length > _most)
        {
            LogFull(entry.Records.Count, entry.Queue, _most);
            return false;
        }

        try
        {
            lock (_gate)
            {
                _sqlite.Execute(
                    "insert into entries (bytes, data) values ($bytes, $data)",
                    ("$bytes", data.Length),
                    ("$data", data));
            }
        }
        catch (SqliteException e)
        {
            LogRefused(entry.Records.Count, entry.Queue, e.Message);
            return false;
        }

        LogKept(entry.Records.Count, entry.Queue, data.Length);
        News.Release();
        return true;
    }

    /// <summary>The oldest entry after <paramref name="id"/>, or null.</summary>
    public (long Id, JournalEntry Entry)? NextAfter(long id)
    {
        lock (_gate)
        {
            var rows = _sqlite.Query(
                "select id, data from entries where id > $id order by id limit 1",
                row => (Id: row.GetInt64(0), Data: row.GetFieldValue<byte[]>(1)),
                ("$id", id));
            return rows.Count == 0
                ? null
                : (rows[0].Id, JsonSerializer.Deserialize(rows[0].Data, JournalJson.Default.JournalEntry)
                    ?? throw new JsonException("A journal's entry is null."));
        }
    }

    public void Remove(long id)
    {
        lock (_gate)
        {
            _sqlite.Execute("delete from entries where id = $id", ("$id", id));
        }
    }

    public void Dispose()
    {
        _sqlite.Dispose();
        _file.Dispose();
        News.Dispose();
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "There is no journal in {Folder}: {Cause} Finished work waits in memory while the database is away.  "
            + "fix: mount a volume there, or set CONTAINER_STATE_FOLDER to a folder that can be written.")]
    private static partial void LogNoJournal(ILogger logger, string folder, string cause);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "The journal holds {Entries} entries ({Bytes} bytes) of a worker before this one.")]
    private partial void LogFound(long entries, long bytes);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Kept {Records} finished records of {Queue} in the journal ({Bytes} bytes).")]
    private partial void LogKept(int records, string queue, int bytes);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "The journal has no room for {Records} finished records of {Queue}: it may take {Most} bytes.")]
    private partial void LogFull(int records, string queue, long most);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "The journal's disk did not take {Records} finished records of {Queue}: {Cause}")]
    private partial void LogRefused(int records, string queue, string cause);
}
