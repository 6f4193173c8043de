using Npgsql;
using Seatrial.Engine.Histories;
using Seatrial.Engine.Specs;
using Seatrial.Engine.Workloads;
using Seatrial.Testing;

namespace Seatrial.Engine.Tests.Workloads;

[Collection(WholeServer.Name)]
[Trait("Needs", "Docker")]
public sealed class OpenLoopLoaderTests
{
    private const string Insert =
        "insert into jobs (key) select k from unnest(@keys, @payloads) as r(k, p) where @queue > '' returning id::text";

    private static readonly ArrivalPlan _plan = new(
        [new LoadPhase("it", new LoadShape.Constant(500), TimeSpan.FromSeconds(2))]);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_record_is_sent_once_and_never_before_it_is_due()
    {
        await using var database = await TestDatabase.CreateAsync(Cancellation);
        var (batches, zero) = await LoadAsync(database, () => Task.CompletedTask, CancellationToken.None);

        var sent = batches.SelectMany(batch => batch.Sent.Records.Zip(batch.Sent.Due))
            .OrderBy(one => one.Second).ToList();
        Assert.Equal(Enumerable.Range(1, 1_000).Select(n => $"row:{n}"), sent.Select(one => one.First.Key));
        Assert.All(sent.Select((one, i) => (one.Second, i)), one => Assert.Equal(
            zero + TimeSpan.FromSeconds(one.i / 500.0), one.Second, TimeSpan.FromMicroseconds(10)));
        Assert.All(batches, batch => Assert.True(batch.Sent.SentAt >= batch.Sent.Due[^1]));
        Assert.All(batches, batch => Assert.Equal(AckOutcome.Acked, batch.Inserted.Outcome));
    }

    [Fact]
    public async Task A_database_that_stands_still_delays_nobody_but_those_who_wait_for_it()
    {
        await using var database = await TestDatabase.CreateAsync(Cancellation);
        await using var other = NpgsqlDataSource.Create(database.ConnectionString);
        await using var locking = await other.OpenConnectionAsync(Cancellation);
        var held = Task.CompletedTask;

        var (batches, zero) = await LoadAsync(
            database,
            () =>
            {
                held = HoldAsync(locking);
                return Task.CompletedTask;
            },
            CancellationToken.None);

        await held;
        var due = batches.SelectMany(batch => batch.Sent.Due).Order().ToList();
        Assert.Equal(1_000, due.Count);
        Assert.Equal(zero + TimeSpan.FromSeconds(999 / 500.0), due[^1], TimeSpan.FromMicroseconds(10));
        Assert.Contains(batches, batch => batch.Sent.SentAt - batch.Sent.Due[0] > TimeSpan.FromMilliseconds(100));
    }

    [Fact]
    public async Task It_ends_when_it_is_enough()
    {
        await using var database = await TestDatabase.CreateAsync(Cancellation);
        using var enough = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));

        var (batches, _) = await LoadAsync(database, () => Task.CompletedTask, enough.Token);

        Assert.InRange(batches.Sum(batch => batch.Sent.Records.Count), 0, 999);
        Assert.All(batches, batch => Assert.Equal(AckOutcome.Acked, batch.Inserted.Outcome));
    }

    private static async Task HoldAsync(NpgsqlConnection connection)
    {
        await using var hold = new NpgsqlCommand(
            "begin; lock table jobs in exclusive mode; select pg_sleep(1); commit", connection);
        await hold.ExecuteNonQueryAsync(Cancellation);
    }

    private static async Task<(List<(SentBatch Sent, InsertedBatch Inserted)> Batches, DateTimeOffset Zero)> LoadAsync(
        TestDatabase database, Func<Task> before, CancellationToken enough)
    {
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        await using (var create = source.CreateCommand(
            "create table jobs (id bigint generated always as identity primary key, key text)"))
        {
            await create.ExecuteNonQueryAsync(Cancellation);
        }

        await before();
        var workload = new WorkloadSpec { Kinds = [], Queue = "first", InsertSql = Insert };
        using var loader = new OpenLoopLoader(
            new QueueLoader(source, workload, TimeProvider.System), TimeProvider.System);
        using var records = Enumerable.Range(1, int.MaxValue).Select(n => new WorkloadRecord($"row:{n}", "{}"))
            .GetEnumerator();
        var zero = TimeProvider.System.GetUtcNow();
        var batches = new List<(SentBatch, InsertedBatch)>();
        await foreach (var one in loader.RunAsync(_plan, zero, records, _ => { }, enough, Cancellation))
        {
            batches.Add(one);
        }

        return (batches, zero);
    }
}
