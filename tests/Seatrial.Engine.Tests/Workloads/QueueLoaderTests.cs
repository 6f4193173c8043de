using Npgsql;
using Seatrial.Engine.Histories;
using Seatrial.Engine.Specs;
using Seatrial.Engine.Workloads;
using Seatrial.Testing;

namespace Seatrial.Engine.Tests.Workloads;

[Trait("Needs", "Docker")]
public sealed class QueueLoaderTests : IAsyncLifetime
{
    private TestDatabase? _database;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync(Cancellation);
        await ExecuteAsync(
            "create table jobs (id bigint generated always as identity primary key, queue text, key text, payload jsonb)");
    }

    public async ValueTask DisposeAsync()
    {
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }
    }

    [Fact]
    public async Task Every_record_is_acknowledged_with_its_id_in_the_order_of_the_keys()
    {
        var batches = await LoadAsync(Insert, count: 1_200);

        Assert.All(batches, batch => Assert.Equal(AckOutcome.Acked, batch.Outcome));
        Assert.Equal([500, 500, 200], batches.Select(batch => batch.Keys.Count));
        foreach (var (key, id) in batches.SelectMany(batch => batch.Keys.Zip(batch.Ids)))
        {
            Assert.Equal(key, await ScalarAsync($"select key from jobs where id = {id}"));
        }
    }

    [Fact]
    public async Task A_batch_tells_the_transaction_that_wrote_it()
    {
        var batch = Assert.Single(await LoadAsync(Insert, count: 3));

        Assert.Equal($"{(uint?)batch.Xid}", await ScalarAsync("select distinct xmin::text from jobs"));
    }

    [Fact]
    public async Task A_statement_that_the_database_refuses_ends_the_trial_with_its_reason()
    {
        var refusal = await Assert.ThrowsAsync<SeatrialException>(
            () => LoadAsync("insert into nowhere values (@queue, @keys, @payloads)", count: 1));

        Assert.Equal(ExitCode.Usage, refusal.ExitCode);
        Assert.Contains("nowhere", refusal.Problems[0].Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_statement_that_returns_too_few_ids_is_refused_and_puts_nothing_in()
    {
        await Assert.ThrowsAsync<SeatrialException>(() => LoadAsync(
            "with put as (" + Insert + ") select '1' limit 1", count: 2));

        Assert.Equal("0", await ScalarAsync("select count(*)::text from jobs"));
    }

    [Fact]
    public async Task A_commit_whose_answer_is_lost_is_looked_up_and_not_put_in_twice()
    {
        // A deferred trigger ends the session after the transaction's work, in the middle of its commit.
        await ExecuteAsync(
            """
            create function hang_up() returns trigger language plpgsql as
            $$ begin perform pg_terminate_backend(pg_backend_pid()); return null; end $$;
            create constraint trigger last_word after insert on jobs deferrable initially deferred
              for each row when (new.key = 'row:2') execute function hang_up();
            """);

        var batches = await LoadAsync(Insert, count: 3);

        var rows = await ScalarAsync("select count(*)::text from jobs");
        var batch = Assert.Single(batches);
        Assert.Equal(AckOutcome.Failed, batch.Outcome);
        Assert.Equal("0", rows);
    }

    private const string Insert =
        """
        insert into jobs (queue, key, payload)
        select @queue, k, p::jsonb from unnest(@keys, @payloads) with ordinality as record(k, p, n) order by n
        returning id::text
        """;

    private async Task<List<InsertedBatch>> LoadAsync(string insert, int count)
    {
        await using var source = NpgsqlDataSource.Create(ConnectionString);
        var loader = new QueueLoader(
            source,
            new WorkloadSpec { Kinds = [], Queue = "first", InsertSql = insert },
            TimeProvider.System);
        var records = Enumerable.Range(1, count).Select(n => new WorkloadRecord($"row:{n}", "{}"));
        var batches = new List<InsertedBatch>();
        await foreach (var batch in loader.LoadAsync(records, Cancellation))
        {
            batches.Add(batch);
        }

        return batches;
    }

    private string ConnectionString =>
        _database?.ConnectionString ?? throw new InvalidOperationException("No database.");

    private async Task ExecuteAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(ConnectionString);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Cancellation);
    }

    private async Task<string?> ScalarAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(ConnectionString);
        await using var command = source.CreateCommand(sql);
        return (string?)await command.ExecuteScalarAsync(Cancellation);
    }
}
