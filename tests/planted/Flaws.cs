using System.Security.Cryptography;
using Npgsql;
using Seatrial.Worker.Hosting;
using Seatrial.Worker.Processing;

namespace Planted;

/// <summary>
/// A queue for each way to hold a worker up: what its handler, or what it does in the completing transaction, is slow
/// for one reason, and that has to be found.
/// </summary>
internal sealed class Flaws : IAsyncDisposable
{
    private const int Hashes = 10_000;
    private const int Kept = 64 * 1024;

    private static readonly TimeSpan _partner = TimeSpan.FromMilliseconds(100);

    private readonly List<byte[]> _kept = [];
    private readonly Lazy<NpgsqlDataSource> _small = new(OpenSmallPool);

    public void Configure(WorkerBuilder worker)
    {
        worker.UseSchema(typeof(Flaws).Assembly);
        worker.Handle("slow-query", PlantedJson.Default.Visit, Done).Completing(AskSlowlyAsync);
        worker.Handle("missing-index", PlantedJson.Default.Visit, Done).Completing(SearchAsync);
        worker.Handle("lock", PlantedJson.Default.Visit, Done).Completing(HoldAsync);
        worker.Handle("pool", PlantedJson.Default.Visit, TalkAsync);
        worker.Handle("cpu-limit", PlantedJson.Default.Visit, Compute);
        worker.Handle("leak", PlantedJson.Default.Visit, Keep);
        worker.Handle("logging", PlantedJson.Default.Visit, Chat);
    }

    public async ValueTask DisposeAsync()
    {
        if (_small.IsValueCreated)
        {
            await _small.Value.DisposeAsync();
        }
    }

    private static Outcome Done(Record<Visit> record) => Outcome.Done();

    private static async Task AskSlowlyAsync(CompletingBatch<Visit> batch, CancellationToken cancellationToken) =>
        await RunAsync(
            batch.Connection,
            "select count(*) from generate_series(1, 400000) as number where md5(number::text) like '%42%'",
            cancellationToken);

    private static async Task SearchAsync(CompletingBatch<Visit> batch, CancellationToken cancellationToken)
    {
        foreach (var record in batch.Records)
        {
            await RunAsync(
                batch.Connection,
                "select count(*) from planted.visits where person = md5($1::text)",
                cancellationToken,
                record.Id);
        }
    }

    /// <summary>The row first, then a partner's answer: everybody else waits for both.</summary>
    private static async Task HoldAsync(CompletingBatch<Visit> batch, CancellationToken cancellationToken)
    {
        await RunAsync(
            batch.Connection, "update planted.total set visits = visits + 1 where name = 'all'", cancellationToken);
        await Task.Delay(3 * _partner, TimeProvider.System, cancellationToken);
    }

    /// <summary>A connection is held while a partner answers, and there are two.</summary>
    private async ValueTask<Outcome> TalkAsync(Record<Visit> record, CancellationToken cancellationToken)
    {
        await using var connection = await _small.Value.OpenConnectionAsync(cancellationToken);
        await RunAsync(
            connection, "select visits from planted.total where name = 'all'", cancellationToken);
        await Task.Delay(_partner, TimeProvider.System, cancellationToken);
        return Outcome.Done();
    }

    private static Outcome Compute(Record<Visit> record)
    {
        var hash = SHA256.HashData(BitConverter.GetBytes(record.Id));
        for (var i = 0; i < Hashes; i++)
        {
            hash = SHA256.HashData(hash);
        }

        return Outcome.Done();
    }

    private Outcome Keep(Record<Visit> record)
    {
        var answer = new byte[Kept];
        Array.Fill(answer, (byte)record.Id);
        lock (_kept)
        {
            _kept.Add(answer);
        }

        return Outcome.Done();
    }

    /// <summary>Each step of the work in a line of its own.</summary>
    private static Outcome Chat(Record<Visit> record)
    {
#pragma warning disable RS0030 // A flow that writes past its logger is what is planted here.
        using var output = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
#pragma warning restore RS0030
        for (var step = 1; step <= 100; step++)
        {
            output.WriteLine($"record {record.Id} of the year {record.Payload.Year}: step {step} of 100 was begun, "
                + "and ended, and nothing of it was out of the ordinary; going on to the next one.");
        }

        return Outcome.Done();
    }

    private static async Task RunAsync(
        NpgsqlConnection connection, string sql, CancellationToken cancellationToken, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static NpgsqlDataSource OpenSmallPool() => new NpgsqlDataSourceBuilder(
        Environment.GetEnvironmentVariable("CONTAINER_DATABASE_CONNECTIONS__QUEUE__CONNECTION_STRING"))
    {
        ConnectionStringBuilder = { MaxPoolSize = 2 },
    }.Build();
}
