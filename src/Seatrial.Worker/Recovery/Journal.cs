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

    // SQLite's own numbers.
    private const int Corrupt = 11;
    private const int NoDatabase = 26;

    private readonly SqliteSession _sqlite;
    private readonly StateFile _file;
    private readonly ILogger _logger;
    private readonly Lock _gate = new();
    private long _entries;
    private long _bytes;
    private long _stuck;

    private Journal(StateFile file, long most, ILogger logger)
    {
        _file = file;
        Most = most;
        _logger = logger;
        _sqlite = new SqliteSession(file.Name);
        try
        {
            _sqlite.Execute(Schema);
            (_entries, _bytes) = _sqlite.Query(
                "select count(*), coalesce(sum(bytes), 0) from entries",
                row => (row.GetInt64(0), row.GetInt64(1)))[0];
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
                return (_entries, _bytes);
            }
        }
    }

    /// <summary>The bytes that it may hold.</summary>
    public long Most { get; }

    /// <summary>The folder that it lies in.</summary>
    public string Folder => Path.GetDirectoryName(_file.Name) ?? ".";

    /// <summary>
    /// Whether something waits that can be committed: until then nobody of this process looks for ended leases, for
    /// they may be those of finished work.
    /// </summary>
    public bool IsBehind
    {
        get
        {
            lock (_gate)
            {
                return _entries > _stuck;
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
            var journal = OpenOrRenew(file, most, logger);
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
        if (Depth.Bytes + data.Length > Most)
        {
            LogFull(entry.Records.Count, entry.Queue, Most);
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
                (_entries, _bytes) = (_entries + 1, _bytes + data.Length);
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

    /// <summary>
    /// The oldest entry after <paramref name="id"/>, or null; its content is null where it can't be read any more.
    /// </summary>
    public (long Id, JournalEntry? Entry)? NextAfter(long id)
    {
        lock (_gate)
        {
            var rows = _sqlite.Query(
                "select id, data from entries where id > $id order by id limit 1",
                row => (Id: row.GetInt64(0), Data: row.GetFieldValue<byte[]>(1)),
                ("$id", id));
            return rows.Count == 0 ? null : (rows[0].Id, Read(rows[0].Data));
        }
    }

    /// <summary>What a full disk keeps in the journal is committed again later, and then finds nothing to do.</summary>
    public void Remove(long id)
    {
        try
        {
            lock (_gate)
            {
                var bytes = _sqlite.Query(
                    "delete from entries where id = $id returning bytes", row => row.GetInt64(0), ("$id", id));
                (_entries, _bytes) = (_entries - bytes.Count, _bytes - bytes.Sum());
            }
        }
        catch (SqliteException e)
        {
            LogNotRemoved(id, e.Message);
        }
    }

    /// <summary>So many entries stay for want of someone who handles them.</summary>
    public void LeaveStuck(long entries)
    {
        lock (_gate)
        {
            _stuck = entries;
        }
    }

    /// <summary>Gives the pages of what was committed back to the file system.</summary>
    public void GiveBack()
    {
        lock (_gate)
        {
            _sqlite.GiveBack();
        }
    }

    public void Dispose()
    {
        _sqlite.Dispose();
        _file.Dispose();
        News.Dispose();
    }

    private static Journal OpenOrRenew(StateFile file, long most, ILogger logger)
    {
        try
        {
            return new Journal(file, most, logger);
        }
        catch (SqliteException e) when (e.SqliteErrorCode is Corrupt or NoDatabase)
        {
            var aside = file.SetAside();
            LogBroken(logger, file.Name, e.Message, aside);
            return new Journal(file, most, logger);
        }
    }

    private static JournalEntry? Read(byte[] data)
    {
        try
        {
            return JsonSerializer.Deserialize(data, JournalJson.Default.JournalEntry);
        }
        catch (JsonException)
        {
            return null;
        }
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

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "The journal {File} can't be read: {Cause} It is kept as {Aside}, and a new one begun; the records in "
            + "it run again when their leases end.")]
    private static partial void LogBroken(ILogger logger, string file, string cause, string aside);

    [LoggerMessage(
        Level = LogLevel.Warning, Message = "Entry {Entry} is committed but stays in the journal for now: {Cause}")]
    private partial void LogNotRemoved(long entry, string cause);
}
