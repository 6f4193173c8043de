using System.Text.Json;
using Microsoft.Data.Sqlite;
using Seatrial.Worker.Recovery;

namespace Seatrial.Worker.Prefect;

/// <summary>
/// The runs of this machine and what Prefect is still to be told of them, on the local disk. Its own order is the order
/// of sending; what has been told is kept for a while, for a server that loses its database.
/// </summary>
internal sealed class Outbox : IDisposable
{
    private const string Schema = """
        create table if not exists runs (
            id text primary key, remote text, ended integer not null, seen_at integer not null, data text not null);
        create table if not exists outbox (
            seq integer primary key autoincrement, run text not null, kind integer not null, level integer not null,
            payload text not null, occurred_at integer not null, attempts integer not null default 0,
            next_at integer not null default 0, status integer not null default 0, error text);
        create index if not exists outbox_open on outbox (run, seq) where status = 0;
        create index if not exists outbox_sent on outbox (next_at) where status = 1;
        create index if not exists outbox_run on outbox (run);
        create table if not exists notes (name text primary key, value text not null);
        """;

    // What waits for longer waits for a wall clock that was set back; to send it early does no harm.
    private const int LongestDelay = 600_000;

    private readonly SqliteSession _sqlite;
    private readonly OutboxBounds _bounds;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private volatile FoundRun? _lastFound;

    /// <exception cref="SqliteException">The file can't be opened or is none of SQLite's.</exception>
    public Outbox(string file, OutboxLimits limits, TimeProvider time)
    {
        File = file;
        _time = time;
        _sqlite = new SqliteSession(file);
        _bounds = new OutboxBounds(_sqlite, limits);
        _sqlite.Execute(Schema);
    }

    public string File { get; }

    /// <summary>Released once for each <see cref="Save"/>.</summary>
    public SemaphoreSlim News { get; } = new(0);

    public OutboxState State
    {
        get
        {
            lock (_gate)
            {
                return _sqlite.Query(
                    """
                    select coalesce(sum(status < 2), 0), min(case when status < 2 then occurred_at end),
                           coalesce(sum(status = 4), 0), coalesce(sum(status = 3), 0) from outbox
                    """,
                    row => new OutboxState(
                        row.GetInt64(0),
                        row.IsDBNull(1)
                            ? TimeSpan.Zero
                            : TimeSpan.FromMilliseconds(Math.Max(0, Now - row.GetInt64(1))),
                        row.GetInt64(2),
                        row.GetInt64(3),
                        long.Parse(Note(OutboxBounds.Dropped) ?? "0", null)))[0];
            }
        }
    }

    /// <summary>Whether something is still to be sent, now or later.</summary>
    public bool IsAnyWaiting
    {
        get
        {
            lock (_gate)
            {
                return _sqlite.Query("select 1 from outbox where status = 0 limit 1", row => row.GetInt64(0)).Count > 0;
            }
        }
    }

    private long Now => _time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>A run's new state and what is to be told of it, both or neither.</summary>
    public void Save(LocalRun run, IReadOnlyList<OutboxEntry> entries)
    {
        lock (_gate)
        {
            _sqlite.Transaction(() =>
            {
                _sqlite.Execute(
                    """
                    insert into runs (id, ended, seen_at, data) values ($id, $ended, $seen, $data)
                    on conflict (id) do update set ended = $ended, seen_at = $seen, data = $data
                    """,
                    ("$id", Text(run.Id)), ("$ended", run.EndedAt is null ? 0 : 1),
                    ("$seen", run.SeenAt.ToUnixTimeMilliseconds()),
                    ("$data", JsonSerializer.Serialize(run, PrefectJson.Default.LocalRun)));
                foreach (var entry in entries)
                {
                    _sqlite.Execute(
                        """
                        insert into outbox (run, kind, level, payload, occurred_at)
                        values ($run, $kind, $level, $payload, $at)
                        """,
                        ("$run", Text(entry.Run)), ("$kind", (int)entry.Kind), ("$level", entry.Level),
                        ("$payload", entry.Payload), ("$at", entry.OccurredAt.ToUnixTimeMilliseconds()));
                }

                if (entries.Count > 0)
                {
                    _bounds.Keep(Now);
                }
            });
        }

        if (entries.Count > 0)
        {
            News.Release();
        }
    }

    /// <summary>Runs that nobody has ended: of this process, or of one that died.</summary>
    public IReadOnlyList<LocalRun> OpenRuns() => Runs("select data, remote from runs where ended = 0 order by id")
        .Select(known => known.Run).ToList();

    public KnownRun? Find(Guid run) =>
        Runs("select data, remote from runs where id = $id", ("$id", Text(run))).SingleOrDefault();

    /// <summary>Runs whose next entry may be sent now: those that still run before those that have ended.</summary>
    public IReadOnlyList<KnownRun> Due(int most) => Runs(
        """
        select r.data, r.remote
        from (select run, min(seq) as seq from outbox where status = 0 group by run) as head
        join outbox as o on o.seq = head.seq
        join runs as r on r.id = head.run
        where o.next_at <= $now or o.next_at > $now + $longest
        order by r.ended, head.seq limit $most
        """,
        ("$now", Now), ("$longest", LongestDelay), ("$most", most));

    /// <summary>The first entries of a run that wait, as many of one kind as follow each other.</summary>
    public IReadOnlyList<OutboxRow> Head(Guid run, int most)
    {
        var rows = Rows(
            "where run = $run and status = 0 order by seq limit $most", ("$run", Text(run)), ("$most", most));
        return [.. rows.TakeWhile(row => row.Kind == rows[0].Kind && row.Kind is EntryKind.Step or EntryKind.Log
            || row == rows[0])];
    }

    /// <summary>Entries that were sent and should have arrived by now.</summary>
    public IReadOnlyList<OutboxRow> Unconfirmed(int most) => Rows(
        "where status = 1 and (next_at <= $now or next_at > $now + $longest) order by seq limit $most",
        ("$now", Now), ("$longest", LongestDelay), ("$most", most));

    /// <summary>To be called before sending: who dies between the two has to look whether it arrived.</summary>
    public void CountAttempt(IReadOnlyList<OutboxRow> rows) => Update(rows, "attempts = attempts + 1");

    public void Settle(IReadOnlyList<OutboxRow> rows, RowStatus status, string? error = null) => Update(
        rows, "status = $status, error = $error, next_at = 0", ("$status", (int)status), ("$error", error));

    /// <summary>Nothing of them is sent, or asked for, before that time.</summary>
    public void Delay(IReadOnlyList<OutboxRow> rows, RowStatus status, TimeSpan delay) => Update(
        rows, "status = $status, next_at = $next",
        ("$status", (int)status), ("$next", Now + (long)delay.TotalMilliseconds));

    public void Found(Guid run, Guid remote)
    {
        Locked(() => _sqlite.Execute(
            "update runs set remote = $remote where id = $id", ("$remote", Text(remote)), ("$id", Text(run))));
        _lastFound = new FoundRun(run, remote);
    }

    /// <summary>Prefect's id of this run, if it is the one that was found last.</summary>
    public Guid? RemoteOf(Guid run) => _lastFound is { } found && found.Run == run ? found.Remote : null;

    /// <summary>All that waits of a run is given up with its beginning.</summary>
    public void GiveUp(Guid run, string error) => Locked(() => _sqlite.Execute(
        "update outbox set status = 4, error = $error where run = $run and status < 2",
        ("$error", error), ("$run", Text(run))));

    /// <summary>The server has lost this run, or (null) all of them: everything that is known is told again.</summary>
    public void TellAgain(Guid? run, TimeSpan delay) => Locked(() => _sqlite.Transaction(() =>
    {
        var id = run is { } one ? Text(one) : null;
        _sqlite.Execute("update runs set remote = null where $id is null or id = $id", ("$id", id));
        _sqlite.Execute(
            "update outbox set status = 0, next_at = $next where status < 4 and ($id is null or run = $id)",
            ("$id", id), ("$next", Now + (long)delay.TotalMilliseconds));
    }));

    public string? Note(string name)
    {
        lock (_gate)
        {
            return _sqlite.Query(
                "select value from notes where name = $name", row => row.GetString(0), ("$name", name))
                .SingleOrDefault();
        }
    }

    public void SetNote(string name, string value) => Locked(() => _sqlite.Execute(
        "insert into notes values ($name, $value) on conflict (name) do update set value = $value",
        ("$name", name), ("$value", value)));

    /// <summary>Gives the room of what was told back to the file system.</summary>
    public void GiveBack() => Locked(() =>
    {
        _sqlite.Transaction(_bounds.ForgetSettled);
        _sqlite.GiveBack();
    });

    public void Dispose()
    {
        lock (_gate)
        {
            _sqlite.Dispose();
        }

        News.Dispose();
    }

    private void Update(IReadOnlyList<OutboxRow> rows, string change, params (string, object?)[] values) =>
        Locked(() => _sqlite.Transaction(() =>
        {
            foreach (var row in rows)
            {
                _sqlite.Execute($"update outbox set {change} where seq = $seq", [.. values, ("$seq", row.Seq)]);
            }
        }));

    private IReadOnlyList<OutboxRow> Rows(string where, params ReadOnlySpan<(string, object?)> values)
    {
        lock (_gate)
        {
            return _sqlite.Query(
                "select seq, run, kind, payload, attempts from outbox " + where,
                row => new OutboxRow(
                    row.GetInt64(0), Guid.Parse(row.GetString(1)), (EntryKind)row.GetInt32(2), row.GetString(3),
                    row.GetInt32(4)),
                values);
        }
    }

    private IReadOnlyList<KnownRun> Runs(string sql, params ReadOnlySpan<(string, object?)> values)
    {
        lock (_gate)
        {
            return _sqlite.Query(
                sql,
                row => new KnownRun(
                    JsonSerializer.Deserialize(row.GetString(0), PrefectJson.Default.LocalRun)
                        ?? throw new InvalidDataException("a run without content in " + File),
                    row.IsDBNull(1) ? null : Guid.Parse(row.GetString(1))),
                values);
        }
    }

    private void Locked(Action work)
    {
        lock (_gate)
        {
            work();
        }
    }

    private static string Text(Guid id) => id.ToString();

    private sealed record FoundRun(Guid Run, Guid Remote);
}
