using Npgsql;
using Seatrial.Engine.Checks;
using Seatrial.Engine.Drivers;
using Seatrial.Engine.Histories;
using Seatrial.Engine.Specs;
using Seatrial.Testing;

namespace Seatrial.Engine.Tests.Histories;

/// <summary>A real database with Worker's tables, in which a test plays client and workers by hand.</summary>
internal sealed class QueueDatabase : IAsyncDisposable
{
    private const string Tables =
        """
        create schema seatrial;
        create table seatrial.records (
            id bigint generated always as identity primary key, queue text not null, key text not null,
            payload jsonb not null default '{}', state text not null default 'ready', attempts int not null default 0,
            owner text, fence bigint not null default 0, lease_until timestamptz, run_at timestamptz default now(), error text);
        create table seatrial.results (
            id bigint generated always as identity primary key, record_id bigint not null, queue text not null,
            key text not null, owner text, fence bigint, result jsonb);
        """;

    private readonly TestDatabase _database;
    private readonly List<Acknowledgement> _client = [];

    private QueueDatabase(TestDatabase database) => _database = database;

    public string ConnectionString => _database.ConnectionString;

    public string Folder { get; } = Directory.CreateTempSubdirectory("judge").FullName;

    public RecordMapping Mapping { get; init; } = StatesStay(BuiltInMapping.ForWorker(["rpa1", "rpa2"]));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<QueueDatabase> CreateAsync(string? tables = null, RecordMapping? mapping = null)
    {
        var database = await TestDatabase.CreateAsync(Token);
        var queue = mapping is null ? new QueueDatabase(database) : new QueueDatabase(database) { Mapping = mapping };
        await queue.RunAsync(tables ?? Tables);
        return queue;
    }

    /// <summary>On a server of the caller's own.</summary>
    public static async Task<QueueDatabase> CreateAsync(PostgresServer server)
    {
        var queue = new QueueDatabase(await TestDatabase.CreateAsync(server, Token));
        await queue.RunAsync(Tables);
        return queue;
    }

    public Task<WalRecorder> RecordAsync(Func<CancellationToken, Task<ContainerState?>>? container = null) =>
        WalRecorder.StartAsync(
            new WalRecorderOptions
            {
                ConnectionString = ConnectionString,
                Container = container,
                Mapping = Mapping,
                Folder = Folder,
                Slot = Slot,
            },
            Token);

    /// <summary>Of this database alone: slots are the server's.</summary>
    public string Slot => "judge_" + new NpgsqlConnectionStringBuilder(ConnectionString).Database?[^20..];

    /// <summary>Runs statements in one transaction.</summary>
    public async Task RunAsync(string sql)
    {
        await using var connection = await OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Token);
    }

    public async Task<T?> AskAsync<T>(string sql)
    {
        await using var connection = await OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (T?)await command.ExecuteScalarAsync(Token);
    }

    public async Task<NpgsqlConnection> OpenAsync()
    {
        var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync(Token);
        return connection;
    }

    /// <summary>Puts records into the first queue, as the load's client does.</summary>
    public async Task EnqueueAsync(int count)
    {
        await using var connection = await OpenAsync();
        await using var command = new NpgsqlCommand(BuiltInMapping.InsertSql, connection);
        string[] keys = [.. Enumerable.Range(_client.Count, count).Select(i => $"gss:{i}")];
        command.Parameters.AddWithValue("queue", "rpa1");
        command.Parameters.AddWithValue("keys", keys);
        command.Parameters.AddWithValue("payloads", keys.Select(_ => "{}").ToArray());
        await using var reader = await command.ExecuteReaderAsync(Token);
        while (await reader.ReadAsync(Token))
        {
            _client.Add(new Acknowledgement
            {
                Queue = "rpa1",
                Key = $"gss:{_client.Count}",
                Record = reader.GetString(0),
                Outcome = AckOutcome.Acked,
            });
        }
    }

    public Task ClaimAsync(string owner, string lease = "1 minute", string where = "state = 'ready'") => RunAsync(
        $"update seatrial.records set state = 'running', owner = '{owner}', fence = fence + 1, "
        + $"lease_until = now() + interval '{lease}' where {where}");

    /// <summary>Completes what an owner holds, effects and hand-over in the same transaction.</summary>
    public Task CompleteAsync(string owner) => RunAsync(
        $"""
        with done as (
            update seatrial.records set state = 'done', lease_until = null
            where state = 'running' and owner = '{owner}' returning *),
        next as (
            insert into seatrial.records (queue, key) select 'rpa2', key from done where queue = 'rpa1')
        insert into seatrial.results (record_id, queue, key, owner, fence) select id, queue, key, owner, fence from done
        """);

    /// <summary>Claims and completes until nothing is left.</summary>
    public async Task WorkOffAsync()
    {
        foreach (var owner in new[] { "rpa1-1", "rpa2-1" })
        {
            await ClaimAsync(owner, where: $"state = 'ready' and queue = '{owner[..4]}'");
            await CompleteAsync(owner);
        }
    }

    /// <summary>Ends the recording, writes the client's log, and judges the folder.</summary>
    public async Task<Judgement> JudgeAsync(WalRecorder recorder, DrainOutcome drain = DrainOutcome.Drained)
    {
        await recorder.StopAsync(Token);
        await using (var client = ClientLog.Create(Folder))
        {
            await client.AppendAsync(_client);
            await client.CompleteAsync();
        }

        var facts = new TrialFacts { Drain = drain, HasClientLog = _client.Count > 0 };
        await facts.SaveAsync(Folder, Token);
        return await Judge.VerifyAsync(Folder, Token);
    }

    /// <summary>The events of the history file.</summary>
    public IReadOnlyList<HistoryEvent> Events()
    {
        using var history = new BlockFileReader<HistoryHeader, HistoryEvent, HistoryEnd>(
            Path.Combine(Folder, EvidenceFiles.History), HistoryFormat.Parser());
        var events = new List<HistoryEvent>();
        while (history.ReadBlock() is { } block)
        {
            events.AddRange(block);
        }

        Assert.Null(history.Damage);
        return events;
    }

    public async ValueTask DisposeAsync()
    {
        await RunAsync(
            $"select pg_terminate_backend(active_pid, 5000) from pg_replication_slots where slot_name = '{Slot}' and active");
        await RunAsync(
            $"select pg_drop_replication_slot(slot_name) from pg_replication_slots where slot_name = '{Slot}'");
        await _database.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>Worker's mapping for workers that leave their rows as done instead of deleting them.</summary>
    public static RecordMapping StatesStay(RecordMapping mapping) => mapping with
    {
        Queue = mapping.Queue with { Done = ["done"], DeleteIsDone = false },
    };
}
