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
    private static readonly Text _result = new(new string('r', 89));

    public static Contender Chunks(int size, int records) => new()
    {
        Name = $"Seatrial, chunks of {size}",
        Records = records,
        FillAsync = (database, count) => FillAsync(database, count, size),
        DrainAsync = (database, count) => DrainAsync(database, count, batch: size, lanes: 4),
    };

    public static Contender Rows(int batch, int lanes, int records) => new()
    {
        Name = $"Seatrial, rows, batches of {batch}, {lanes} lanes",
        Records = records,
        FillAsync = (database, count) => FillAsync(database, count, chunk: null),
        DrainAsync = (database, count) => DrainAsync(database, count, batch, lanes),
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

    private static async Task<TimeSpan> DrainAsync(BenchDatabase database, int count, int batch, int lanes)
    {
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        var handled = 0;
        using var stop = new CancellationTokenSource();
        var all = new TaskCompletionSource();
        using var logs = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Warning));
        var worker = WorkerHost.RunAsync(
            builder => builder.Handle(Queue, TextJson.Default.Text, _ =>
            {
                if (Interlocked.Increment(ref handled) == count)
                {
                    all.SetResult();
                }

                return Outcome.Done(_result, TextJson.Default.Text);
            }),
            new Dictionary<string, string>
            {
                ["CONTAINER_FLOW_NAME"] = "bench",
                ["CONTAINER_DATABASE_CONNECTIONS__QUEUE__CONNECTION_STRING"] = database.ConnectionString,
                ["CONTAINER_WORKER__BATCH_SIZE"] = $"{batch}",
                ["CONTAINER_WORKER__CONCURRENCY"] = $"{lanes}",
                ["CONTAINER_HEALTH_CHECK_CONFIG__PORT"] = "18080",
            },
            logs,
            stop.Token);
        await Task.WhenAny(all.Task, worker);
        await database.UntilAsync(
            "not exists (select from seatrial.records where state in ('ready', 'running')) "
            + "and not exists (select from seatrial.chunks where state in ('ready', 'running'))");
        process.Refresh();
        var took = process.TotalProcessorTime - before;
        await stop.CancelAsync();
        var exit = await worker;
        var results = await database.AskAsync<long>("select count(*) from seatrial.results");
        return exit == 0 && results == count
            ? took
            : throw new InvalidOperationException($"Exit code {exit}, {results} results of {count}.");
    }

    private sealed record Text(string Value);

    [JsonSerializable(typeof(Text))]
    private sealed partial class TextJson : JsonSerializerContext;
}
