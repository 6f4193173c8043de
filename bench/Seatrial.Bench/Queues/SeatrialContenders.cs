using System.Data;
using System.Diagnostics;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Seatrial.Worker.Hosting;
using Seatrial.Worker.Processing;

namespace Seatrial.Bench.Queues;

/// <summary>Seatrial.Worker, one process, a handler that does nothing but return a result of 100 bytes.</summary>
internal static partial class SeatrialContenders
{
    private const string Queue = "bench";

    // Of short drains: a worker's start is no part of its rate.
    private const int WarmUp = 1000;
    private static readonly Text _result = new(new string('r', 89));

    public static Contender Chunks(int size, int records) => new()
    {
        Name = $"Seatrial, chunks of {size}",
        Records = records,
        FillAsync = (database, count) => FillAsync(database, count, size),
        DrainAsync = (database, count) => DrainAsync(database, count, batch: size, lanes: 4),
    };

    /// <summary>While a forgotten transaction holds a snapshot, so that nothing can be vacuumed.</summary>
    public static Contender RowsUnderSnapshot(int batch, int lanes, int records) => new()
    {
        Name = $"Seatrial, rows, batches of {batch}, {lanes} lanes, snapshot held",
        Records = records,
        FillAsync = (database, count) => FillAsync(database, count, chunk: null),
        DrainAsync = async (database, count) =>
        {
            await using var source = NpgsqlDataSource.Create(database.ConnectionString);
            await using var connection = await source.OpenConnectionAsync();
            await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead);
            await using var look = new NpgsqlCommand("select count(*) from seatrial.chunks", connection);
            await look.ExecuteScalarAsync();
            return await DrainAsync(database, count, batch, lanes);
        },
    };

    /// <summary>While as many old results are deleted as retention has time for.</summary>
    public static Contender RowsWithRetention(int batch, int lanes, int records) => new()
    {
        Name = $"Seatrial, rows, batches of {batch}, {lanes} lanes, old results go",
        Records = records,
        FillAsync = async (database, count) =>
        {
            await FillAsync(database, count, chunk: null);
            await using var source = NpgsqlDataSource.Create(database.ConnectionString);
            await using var old = source.CreateCommand("""
                insert into seatrial.results (record_id, queue, key, owner, fence, result, at)
                select n, 'old', 'k' || n, 'me', 1, '{}', now() - interval '2 h' from generate_series(1, 1000000) n
                """);
            await old.ExecuteNonQueryAsync();
        },
        DrainAsync = async (database, count) =>
        {
            var drained = await DrainAsync(database, count, batch, lanes, retention: "1h");
            var left = await database.AskAsync<long>("select count(*) from seatrial.results where queue = 'old'");
            Console.WriteLine($"  {1_000_000 - left} old results are gone");
            return drained;
        },
    };

    /// <summary>Drains the first records of a long backlog.</summary>
    public static Contender Backlog(int backlog, int records) => new()
    {
        Name = $"Seatrial, rows, batches of 100, 4 lanes, the first of {backlog:N0}",
        Records = records,
        FillAsync = (database, _) => FillAsync(database, backlog, chunk: null),
        DrainAsync = (database, count) => DrainAsync(database, count, 100, 4, isBacklog: true),
    };

    public static Contender Rows(int batch, int lanes, int records) => new()
    {
        Name = $"Seatrial, rows, batches of {batch}, {lanes} lanes",
        Records = records,
        FillAsync = (database, count) => FillAsync(database, count, chunk: null),
        DrainAsync = (database, count) => DrainAsync(database, count, batch, lanes),
    };

    /// <summary>The main program of <see cref="WorkerProcess"/>.</summary>
    public static Task<int> RunWorkerAsync() => WorkerHost.RunAsync(builder => builder.Handle(
        Queue, TextJson.Default.Text, _ => Outcome.Done(_result, TextJson.Default.Text)));

    /// <summary>The milliseconds from each enqueuing to the handler's start, into an idle worker.</summary>
    public static async Task<IReadOnlyList<double>> LatenciesAsync(BenchDatabase database, int count)
    {
        await FillAsync(database, 0, chunk: null);
        using var stop = new CancellationTokenSource();
        using var logs = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Warning));
        var begun = new TaskCompletionSource();
        var worker = WorkerHost.RunAsync(
            builder => builder.Handle(Queue, TextJson.Default.Text, _ =>
            {
                begun.TrySetResult();
                return Outcome.Done(_result, TextJson.Default.Text);
            }),
            Variables(database, batch: 100, lanes: 4),
            logs,
            stop.Token);
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        await using var connection = await source.OpenConnectionAsync();
        NewRecord<Text>[] record = [new("k", _result)];
        var latencies = new List<double>();
        var random = new Random(1);
        for (var i = -200; i < count; i++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(random.NextDouble() * 20), TimeProvider.System);
            begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var at = Stopwatch.GetTimestamp();
            await RecordWriter.EnqueueAsync(connection, Queue, record, TextJson.Default.Text);
            await begun.Task;
            if (i >= 0)
            {
                latencies.Add(Stopwatch.GetElapsedTime(at).TotalMilliseconds);
            }
        }

        await stop.CancelAsync();
        await worker;
        return latencies;
    }

    private static Dictionary<string, string> Variables(BenchDatabase database, int batch, int lanes) => new()
    {
        ["CONTAINER_FLOW_NAME"] = "bench",
        ["CONTAINER_DATABASE_CONNECTIONS__QUEUE__CONNECTION_STRING"] = database.ConnectionString,
        ["CONTAINER_WORKER__BATCH_SIZE"] = $"{batch}",
        ["CONTAINER_WORKER__CONCURRENCY"] = $"{lanes}",
        ["CONTAINER_HEALTH_CHECK_CONFIG__PORT"] = "18080",
    };

    private static async Task FillAsync(BenchDatabase database, int count, int? chunk)
    {
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        await new SchemaMigrator(source, NullLogger.Instance).MigrateAsync(
            typeof(SchemaMigrator).Assembly, CancellationToken.None);
        await using var connection = await source.OpenConnectionAsync();
        var text = new Text(new string('p', 89));
        foreach (var part in Enumerable.Range(0, count).Chunk(10_000))
        {
            var records = part.Select(i => new NewRecord<Text>($"k{i}", text)).ToList();
            _ = chunk is { } size
                ? await RecordWriter.EnqueueChunksAsync(connection, Queue, records, TextJson.Default.Text, size)
                : await RecordWriter.EnqueueAsync(connection, Queue, records, TextJson.Default.Text);
        }
    }

    private static async Task<Drained> DrainAsync(
        BenchDatabase database, int count, int batch, int lanes, bool isBacklog = false, string retention = "0s")
    {
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        var handled = 0;
        var (begun, measured) = (0L, TimeSpan.Zero);
        using var stop = new CancellationTokenSource();
        var all = new TaskCompletionSource();
        using var logs = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Warning));
        var worker = WorkerHost.RunAsync(
            builder => builder.Handle(Queue, TextJson.Default.Text, _ =>
            {
                var number = Interlocked.Increment(ref handled);
                if (number == WarmUp)
                {
                    begun = Stopwatch.GetTimestamp();
                }
                else if (number == count)
                {
                    measured = Stopwatch.GetElapsedTime(begun);
                    all.SetResult();
                }

                return Outcome.Done(_result, TextJson.Default.Text);
            }),
            new Dictionary<string, string>(Variables(database, batch, lanes))
            {
                ["CONTAINER_WORKER__RETENTION__RESULTS"] = retention,
            },
            logs,
            stop.Token);
        await Task.WhenAny(all.Task, worker);
        if (!isBacklog)
        {
            await database.UntilAsync(
                "not exists (select from seatrial.records where state in ('ready', 'running')) "
                + "and not exists (select from seatrial.chunks where state in ('ready', 'running'))");
        }

        process.Refresh();
        var took = process.TotalProcessorTime - before;
        await stop.CancelAsync();
        var exit = await worker;
        var results = await database.AskAsync<long>("select count(*) from seatrial.results where queue = 'bench'");
        return exit == 0 && (isBacklog ? results >= count : results == count)
            ? new Drained(took, isBacklog ? (count - WarmUp) / measured.TotalSeconds : null)
            : throw new InvalidOperationException($"Exit code {exit}, {results} results of {count}.");
    }

    private sealed record Text(string Value);

    [JsonSerializable(typeof(Text))]
    private sealed partial class TextJson : JsonSerializerContext;
}
