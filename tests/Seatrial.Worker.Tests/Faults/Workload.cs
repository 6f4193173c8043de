using System.Collections.Concurrent;
using Npgsql;
using Seatrial.Worker.Hosting;
using Seatrial.Worker.Processing;
using Seatrial.Worker.Tests.Processing;

namespace Seatrial.Worker.Tests.Faults;

/// <summary>
/// Records in rows and in chunks of two queues, one whose effects are its results and one that writes a table of its
/// own as well; and what has to hold at the end, whatever happened meanwhile.
/// </summary>
internal sealed class Workload
{
    public const string Plain = "q";
    public const string Effects = "effects";

    /// <summary>Of each queue, in rows and again in chunks.</summary>
    public const int Each = 100;

    private const int ChunkSize = 10;
    private const int All = 4 * Each;

    private readonly TestQueue _queue;
    private readonly TaskCompletionSource _midway = new();
    private readonly TaskCompletionSource _struck = new();
    private readonly ConcurrentQueue<long> _handled = new();

    private Workload(TestQueue queue) => _queue = queue;

    /// <summary>When every lane stands still with work in its hands, until <see cref="GoOn"/>.</summary>
    public Task Midway => _midway.Task.WaitAsync(TimeSpan.FromMinutes(1), TestQueue.Cancellation);

    /// <summary>Calls of handlers.</summary>
    public int Calls => _handled.Count;

    public static async Task<Workload> CreateAsync(TestQueue queue)
    {
        await CreateEffectsAsync(queue);
        await using var connection = await queue.DataSource.OpenConnectionAsync(TestQueue.Cancellation);
        foreach (var name in new[] { Plain, Effects })
        {
            await EnqueueAsync(connection, name, Each, inChunks: false);
            await EnqueueAsync(connection, name, Each, inChunks: true);
        }

        return new Workload(queue);
    }

    /// <summary>Without a key that would hide a second effect.</summary>
    public static Task CreateEffectsAsync(TestQueue queue) =>
        queue.ExecuteAsync("create table public.effects (record bigint not null)");

    public static async Task EnqueueAsync(NpgsqlConnection connection, string name, int count, bool inChunks)
    {
        var records = Enumerable.Range(1, count).Select(n => new NewRecord<Number>($"k{n}", new Number(n))).ToList();
        var (type, stop) = (TestJson.Default.Number, TestQueue.Cancellation);
        await (inChunks
            ? RecordWriter.EnqueueChunksAsync(connection, name, records, type, ChunkSize, stop)
            : RecordWriter.EnqueueAsync(connection, name, records, type, stop));
    }

    /// <summary>What <c>Completing</c> does in the table.</summary>
    public static async Task CountAsync(CompletingBatch<Number> batch, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "insert into public.effects select unnest($1::bigint[])", batch.Connection)
        {
            Parameters = { new() { Value = batch.Records.Select(record => record.Id).ToArray() } },
        };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public void Configure(WorkerBuilder worker)
    {
        worker.Handle(Plain, TestJson.Default.Number, HandleAsync);
        worker.Handle(Effects, TestJson.Default.Number, HandleAsync).Completing(CountAsync);
    }

    /// <summary>The fault is there.</summary>
    public void GoOn() => _struck.TrySetResult();

    /// <summary>Waits until all is done, and counts it.</summary>
    public async Task AssertOnceAsync()
    {
        _queue.DataSource.Clear();
        await AssertOnceAsync(_queue, All, All / 2);
        Assert.Equal(All, _handled.Distinct().Count());
    }

    /// <summary>The same of records of which so many count in the table too.</summary>
    public static async Task AssertOnceAsync(TestQueue queue, int records, int effects)
    {
        await queue.UntilAsync($"(select count(distinct record_id) from seatrial.results) = {records}");
        await queue.UntilAsync("""
            not exists (select from seatrial.records) and not exists (select from seatrial.chunks where state <> 'done')
            """);
        Assert.Equal($"{records} {records}", await queue.RowAsync(
            "select count(*), count(distinct record_id) from seatrial.results"));
        Assert.Equal($"{effects} {effects}", await queue.RowAsync(
            "select count(*), count(distinct record) from public.effects"));
    }

    private async ValueTask<Outcome> HandleAsync(Record<Number> record, CancellationToken cancellationToken)
    {
        if (record.Payload.Value > Each / 4)
        {
            _midway.TrySetResult();
            await _struck.Task.WaitAsync(cancellationToken);
        }

        _handled.Enqueue(record.Id);
        return Outcome.Done(record.Payload, TestJson.Default.Number);
    }
}
