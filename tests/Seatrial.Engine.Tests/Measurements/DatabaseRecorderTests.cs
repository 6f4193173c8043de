using Npgsql;
using Seatrial.Engine.Faults;
using Seatrial.Engine.Measurements;
using Seatrial.Engine.Measurements.Databases;
using Seatrial.Testing;

namespace Seatrial.Engine.Tests.Measurements;

/// <summary>A real PostgreSQL, held up in one way at a time.</summary>
[Collection(WholeServer.Name)]
public sealed class DatabaseRecorderTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("database").FullName;
    private TestDatabase? _database;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string ConnectionString => _database?.ConnectionString ?? throw new InvalidOperationException();

    public async ValueTask InitializeAsync() => _database = await TestDatabase.CreateAsync(Token);

    [Fact]
    public async Task A_lock_that_is_held_is_seen_with_who_holds_it()
    {
        await ExecuteAsync("create table totals (id int primary key, n int); insert into totals values (1, 0)");
        await using var holder = await OpenAsync("the holder");
        await using var waiter = await OpenAsync("the waiter");
        await using var transaction = await holder.BeginTransactionAsync(Token);
        await RunAsync(holder, "update totals set n = n + 1 where id = 1");
        var waiting = RunAsync(waiter, "update totals set n = n + 2 where id = 1");

        var evidence = await RecordAsync(looks: 20);
        await transaction.RollbackAsync(Token);
        await waiting;

        // Other tests' slots on this server wait for every transaction that is open.
        var wait = evidence.Database?.Samples.SelectMany(sample => sample.Locks)
            .Where(one => one.Statement is "update totals set n = n + 2 where id = 1")
            .MaxBy(one => one.Seconds);
        Assert.Equal(
            ("the holder", "idle in transaction", "update totals set n = n + 1 where id = 1", true),
            (wait?.BlockerName, wait?.BlockerState, wait?.BlockerStatement, wait?.IsRoot));
        var cause = PerformanceMonitor.DetectPerformanceBottlenecks(evidence)[0];
        Assert.Equal("lock", cause.Name);
        Assert.Contains("the holder", cause.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_index_is_seen_and_is_not_once_it_is_there()
    {
        await ExecuteAsync("""
            create table answers (id int generated always as identity primary key, person int, text text);
            insert into answers (person, text) select i % 20000, 'yes' from generate_series(1, 60000) i;
            analyze answers
            """);

        var without = await WorkAsync("select count(*) from answers where person = 17", looks: 22);
        var cause = PerformanceMonitor.DetectPerformanceBottlenecks(without)[0];
        Assert.Equal(("missing-index", "public.answers"), (cause.Name, cause.Where));

        await ExecuteAsync("create index on answers (person)");
        File.Delete(Path.Combine(_folder, DatabaseFile.Name));
        File.Delete(Path.Combine(_folder, "resources.jsonl.gz"));
        Assert.DoesNotContain(
            PerformanceMonitor.DetectPerformanceBottlenecks(
                await WorkAsync("select count(*) from answers where person = 17", looks: 22)),
            one => one.Name is "missing-index");
    }

    [Fact]
    public async Task A_slow_statement_is_seen()
    {
        var cause = PerformanceMonitor.DetectPerformanceBottlenecks(
            await WorkAsync("select pg_sleep(0.7), 42", looks: 20))[0];
        Assert.Equal("slow-query", cause.Name);
        Assert.Contains("select pg_sleep(?), ?", cause.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_that_is_cut_leaves_a_gap_and_no_end()
    {
        var evidence = await RecordAsync(
            looks: 8,
            after: 3,
            () => ExecuteAsync(
                $"select pg_terminate_backend(pid) from pg_stat_activity where {Watch}"));

        var samples = evidence.Database?.Samples ?? [];
        Assert.Single(samples, sample => sample.Failure is not null);
        Assert.Null(samples[^1].Failure);
        Assert.Null(evidence.Database?.Damage);
    }

    [Fact]
    public async Task Counters_and_sessions_are_those_of_the_clients()
    {
        // Each statement lasts: of one that is over at once, no look need ever see its session active.
        await ExecuteAsync("create table small (id int)");
        var use = PerformanceMonitor.GeneratePerformanceReport(
            await WorkAsync("insert into small select 1 from pg_sleep(0.1)", looks: 22)).Database;

        Assert.True(use is { Silent: 0, Wal: > 0, Commits: > 10, IsSampled: true }, $"{use}");
        Assert.True(Assert.Single(use.Clients).Active > 0);
        Assert.Contains(use.Tables, table => table is { Table: "public.small", Live: > 10 });
    }

    public async ValueTask DisposeAsync()
    {
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private static string Watch => $"application_name = '{DatabaseWatch.Name}' and datname = current_database()";

    /// <summary>Records while a client does one thing over and over.</summary>
    private async Task<PerformanceEvidence> WorkAsync(string sql, int looks)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Token);
        await using var client = await OpenAsync("the client");
        var working = Task.Run(
            async () =>
            {
                while (!enough.IsCancellationRequested)
                {
                    await RunAsync(client, sql);
                }
            },
            Token);
        var evidence = await RecordAsync(looks);
        await enough.CancelAsync();
        await working;
        return evidence;
    }

    private async Task<PerformanceEvidence> RecordAsync(int looks, int after = 0, Func<Task>? then = null)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var recording = new PerformanceMonitor(await TestEngine.DriverAsync(), TimeProvider.System)
            .MonitorResourceUsageAsync(
                new MonitoredSystem
                {
                    Containers = () => [],
                    Database = new DatabaseAccess("db", 5432, ConnectionString),
                    Folder = _folder,
                },
                over.Token);
        if (then is not null)
        {
            await SeeAsync(after);
            await then();
        }

        await SeeAsync(looks);
        await over.CancelAsync();
        await recording;
        return PerformanceEvidence.Read(_folder, DateTimeOffset.UnixEpoch) ?? throw new InvalidOperationException();
    }

    /// <summary>Ends when the watch was seen at rest after so many looks, each of several statements.</summary>
    private async Task SeeAsync(int looks)
    {
        await using var connection = await OpenAsync("seatrial-test");
        var seen = new HashSet<DateTime>();
        while (seen.Count < looks)
        {
            await using var command = new NpgsqlCommand(
                $"""
                select query_start from pg_stat_activity, pg_sleep(0.02)
                where {Watch} and state = 'idle' and query_start is not null
                """,
                connection);
            if (await command.ExecuteScalarAsync(Token) is DateTime at)
            {
                seen.Add(at);
            }
        }
    }

    private async Task<NpgsqlConnection> OpenAsync(string name)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(ConnectionString)
        {
            Pooling = false,
            ApplicationName = name,
        }.ConnectionString);
        await connection.OpenAsync(Token);
        return connection;
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = await OpenAsync("seatrial-test");
        await RunAsync(connection, sql);
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Token);
    }
}
