using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Seatrial.Testing;
using Seatrial.Worker.Configuration;
using Seatrial.Worker.Processing;

namespace Seatrial.Worker.Tests.Processing;

/// <summary>A migrated database of its own, with what tests ask of it.</summary>
internal sealed class TestQueue : IAsyncDisposable
{
    // Only a hang takes so long.
    private static readonly TimeSpan _hang = TimeSpan.FromMinutes(2);

    private readonly TestDatabase _database;

    private TestQueue(TestDatabase database)
    {
        _database = database;
        DataSource =
            QueueDataSource.Create(new DatabaseConfig { ConnectionString = database.ConnectionString }, "tests");
    }

    public string ConnectionString => _database.ConnectionString;

    public NpgsqlDataSource DataSource { get; }

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<TestQueue> CreateAsync() =>
        await CreateAsync(await TestDatabase.CreateAsync(Cancellation));

    /// <summary>On a server of the caller's own.</summary>
    public static async Task<TestQueue> CreateAsync(PostgresServer server) =>
        await CreateAsync(await TestDatabase.CreateAsync(server, Cancellation));

    private static async Task<TestQueue> CreateAsync(TestDatabase database)
    {
        var queue = new TestQueue(database);
        await new SchemaMigrator(queue.DataSource, NullLogger.Instance)
            .MigrateAsync(typeof(SchemaMigrator).Assembly, Cancellation);
        await queue.ExecuteAsync("""
            create function tell() returns trigger language plpgsql as $$
            begin perform pg_notify('test', ''); return null; end $$;
            create trigger tell after update or delete on seatrial.records for each statement execute function tell();
            create trigger tell after update on seatrial.chunks for each statement execute function tell();
            """);
        return queue;
    }

    /// <summary>What one worker would do, without its loops.</summary>
    public TestOwner As(string owner) => new(new RecordQueue(DataSource, owner, TimeProvider.System));

    /// <summary>Payloads are <c>{"n": 1}</c> and so on; keys <c>k1</c> and so on.</summary>
    public Task EnqueueAsync(string queue, int count) => ExecuteAsync($$"""
        insert into seatrial.records (queue, key, payload)
        select '{{queue}}', 'k' || n, jsonb_build_object('n', n) from generate_series(1, {{count}}) n
        """);

    public async Task ExecuteAsync(string sql)
    {
        await using var command = DataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Cancellation);
    }

    /// <summary>Each row as its columns' texts with blanks between.</summary>
    public async Task<IReadOnlyList<string>> RowsAsync(string sql)
    {
        await using var command = DataSource.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(Cancellation);
        var rows = new List<string>();
        while (await reader.ReadAsync(Cancellation))
        {
            rows.Add(string.Join(' ', Enumerable.Range(
                0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? "-" : $"{reader.GetValue(i)}")));
        }

        return rows;
    }

    public async Task<string> RowAsync(string sql) => Assert.Single(await RowsAsync(sql));

    /// <summary>Waits for a condition on the records: looks again after each change of one.</summary>
    public async Task UntilAsync(string condition)
    {
        await using var connection = await DataSource.OpenConnectionAsync(Cancellation);
        await using var listen = new NpgsqlCommand("listen test", connection);
        await listen.ExecuteNonQueryAsync(Cancellation);
        using var limit = new CancellationTokenSource(_hang, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, Cancellation);
        while (await RowAsync($"select {condition}") != "True")
        {
            await connection.WaitAsync(either.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await DataSource.DisposeAsync();
        await _database.DisposeAsync();
    }
}
