using System.Globalization;
using Seatrial.Wire;
using Seatrial.Worker.Processing;
using Seatrial.Worker.Tests.Configuration;
using Seatrial.Worker.Tests.Faults;
using Seatrial.Worker.Tests.Hosting;
using Seatrial.Worker.Tests.Prefect;

namespace Seatrial.Worker.Tests.Processing;

/// <summary>What is done goes after a while, where that is wanted; what is not done never does.</summary>
public sealed class RetentionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Old_results_go_some_pages_in_a_step_and_young_ones_stay()
    {
        await using var queue = await TestQueue.CreateAsync();
        const int Old = 30_000;
        await queue.ExecuteAsync($"""
            insert into seatrial.results (record_id, queue, key, owner, fence, at)
            select n, 'q', 'k' || n, 'me', 1, now() - case when n <= {Old} then interval '2 h' else interval '1 m' end
            from generate_series(1, {Old + 10}) n
            """);
        var pages = int.Parse(
            await queue.RowAsync("select pg_relation_size('seatrial.results') / 8192"), CultureInfo.InvariantCulture);
        Assert.InRange(pages, 2 * Retention.Pages, int.MaxValue);
        await using var work = Observed(("RESULTS", "1h"));
        var retention = new Retention(queue.DataSource, work.Context);

        Assert.NotNull(await StepAsync(retention, Retention.Results));
        var left = int.Parse(
            await queue.RowAsync("select count(*) from seatrial.results"), CultureInfo.InvariantCulture);
        Assert.InRange(left, Old - (Retention.Pages * 200), Old - 1);
        Assert.Null(await StepAsync(retention, Retention.Results));
        for (var more = true; more;)
        {
            await queue.ExecuteAsync("update seatrial.retention set due_at = now()");
            more = await StepAsync(retention, Retention.Results) is not null;
        }

        Assert.Equal($"10 {Old + 1}", await queue.RowAsync("select count(*), min(record_id) from seatrial.results"));
        Assert.Equal("0 True", await queue.RowAsync(
            "select page, due_at > now() + interval '1 m' from seatrial.retention where what = 'results'"));
    }

    [Fact]
    public async Task Old_chunks_go_with_their_records_and_one_worker_sees_to_it_at_a_time()
    {
        await using var queue = await TestQueue.CreateAsync();
        await using var connection = await queue.DataSource.OpenConnectionAsync(TestQueue.Cancellation);
        await Workload.EnqueueAsync(connection, "q", 150, inChunks: true);
        await queue.ExecuteAsync("""
            update seatrial.chunks set state = 'done', finished_at = now() - interval '2 h' where id <= 12;
            update seatrial.chunks set state = 'done', finished_at = now() where id = 13
            """);
        await using var work = Observed(("CHUNKS", "1h"));
        var retention = new Retention(queue.DataSource, work.Context);

        await using (var transaction = await connection.BeginTransactionAsync(TestQueue.Cancellation))
        {
            await using var taken = new Npgsql.NpgsqlCommand(
                "select from seatrial.retention where what = 'chunks' for update", connection);
            await taken.ExecuteNonQueryAsync(TestQueue.Cancellation);
            Assert.Null(await StepAsync(retention, Retention.Chunks));
        }

        Assert.NotNull(await StepAsync(retention, Retention.Chunks));
        Assert.Equal("5", await queue.RowAsync("select count(*) from seatrial.chunks"));
        await queue.ExecuteAsync("update seatrial.retention set due_at = now()");
        Assert.Null(await StepAsync(retention, Retention.Chunks));

        Assert.Equal(["done 1", "ready 2"], await queue.RowsAsync(
            "select state, count(*) from seatrial.chunks group by 1 order by 1"));
        Assert.Equal("30 13", await queue.RowAsync("select count(*), min(chunk) from seatrial.chunk_records"));
    }

    [Fact]
    public async Task By_default_results_stay_for_ever_and_chunks_for_a_day()
    {
        await using var queue = await TestQueue.CreateAsync();
        await queue.ExecuteAsync("""
            insert into seatrial.results (record_id, queue, key, owner, fence, at)
            values (1, 'q', 'k', 'me', 1, now() - interval '10 years');
            insert into seatrial.chunks (queue, records, state, finished_at)
            values ('q', 1, 'done', now() - interval '23 h'), ('q', 1, 'done', now() - interval '25 h')
            """);
        await using var work = Observed();
        var retention = new Retention(queue.DataSource, work.Context);

        Assert.Null(await StepAsync(retention, Retention.Results));
        Assert.Null(await StepAsync(retention, Retention.Chunks));

        Assert.Equal("1", await queue.RowAsync("select count(*) from seatrial.results"));
        Assert.Equal("1", await queue.RowAsync("select id from seatrial.chunks"));
    }

    [Fact]
    public async Task A_worker_sees_to_it_while_it_works()
    {
        await using var queue = await TestQueue.CreateAsync();
        await queue.EnqueueAsync("q", 20);
        await using var worker = new TestWorker(
            queue.ConnectionString,
            builder => builder.Handle("q", TestJson.Default.Number, _ => Outcome.Done()),
            ("WORKER__RETENTION__RESULTS", "1s"), ("STATE_FOLDER", _folder.PathOf("")));
        await worker.Log.SeenAsync("Deleted 20 results that had been kept for long enough.");

        Assert.Equal("0", await queue.RowAsync("select count(*) from seatrial.results"));
        Assert.Equal(0, await worker.StopAsync());
    }

    public void Dispose() => _folder.Dispose();

    private static Task<TimeSpan?> StepAsync(Retention retention, string what) =>
        retention.StepAsync(what, TestQueue.Cancellation);

    private ObservedWork Observed(params (string Name, string Value)[] retention) => new(
        new Uri("http://127.0.0.1:1/api"), _folder.PathOf(""), "owner",
        [.. retention.Select(one => (ContainerVariables.RetentionPrefix + one.Name, one.Value))]);
}
