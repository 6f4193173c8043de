using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Npgsql.Replication;
using Npgsql.Replication.PgOutput;
using Npgsql.Replication.PgOutput.Messages;
using Seatrial.Engine.Histories;
using Seatrial.Engine.Specs;
using Seatrial.Testing;
using Seatrial.Worker.Processing;

namespace Seatrial.Bench.Judging;

/// <summary>
/// How fast a real server's log becomes a history file, against Npgsql's typed reader of the same slot, which only
/// looks at each column's text. The log is there before the reading begins; both read it once a round, in turn.
/// </summary>
internal static class LogBenchmark
{
    private const int Rounds = 5;
    private const int Records = 100_000;
    private const int EventsPerRecord = 4;
    private const string Ours = "bench_ours";
    private const string Typed = "bench_typed";

    // Batches of 500, as workers commit them: enqueue, claim, completion with its effect.
    private static readonly string _workload =
        $"""
        do $$ begin
            for i in 1 .. {Records / 500} loop
                insert into seatrial.records (queue, key, payload)
                    select 'rpa1', 'k' || n, '{BuildPayload()}' from generate_series(1, 500) n;
                commit;
                update seatrial.records set state = 'running', owner = 'w', fence = 1, lease_until = now() where state = 'ready';
                commit;
                with done as (
                    update seatrial.records set state = 'done', lease_until = null where state = 'running' returning *)
                insert into seatrial.results (record_id, queue, key, owner, fence, result)
                    select id, queue, key, 'w', fence, payload from done;
                commit;
            end loop;
        end $$
        """;

    public static async Task RunAsync()
    {
        await using var server = await PostgresServer.StartAsync(
            ["wal_level=logical", "shared_buffers=1GB", "max_wal_size=4GB"], CancellationToken.None);
        var (ours, typed) = (new List<Reading>(), new List<Reading>());
        for (var round = 0; round <= Rounds; round++)
        {
            await using var database = await TestDatabase.CreateAsync(server, CancellationToken.None);
            var (readOurs, readTyped) = await PrepareAsync(database.ConnectionString);
            var readings = (Ours: await MeasureAsync(readOurs), Typed: await MeasureAsync(readTyped));
            if (round > 0)
            {
                ours.Add(readings.Ours);
                typed.Add(readings.Typed);
            }
        }

        Console.WriteLine(
            $"{Records * EventsPerRecord:N0} events of {Records:N0} records in a log, median of {Rounds}");
        Tell("into the history file", ours);
        Tell("Npgsql's typed messages", typed);
        Console.WriteLine($"  ratio of rates {Ratio(reading => reading.Rate)}, of processor time {Ratio(reading => reading.Cpu)}");

        string Ratio(Func<Reading, double> figure) =>
            Medians.Describe([.. ours.Zip(typed, (one, other) => figure(one) / figure(other))], "F2");
    }

    private static void Tell(string what, List<Reading> readings) => Console.WriteLine(
        $"  {what,-24} {Medians.Describe([.. readings.Select(reading => reading.Rate)])} events/s, "
        + $"{Medians.Describe([.. readings.Select(reading => reading.Cpu)], "F2")} CPU-seconds");

    private static string BuildPayload() => $$"""{"text": "{{new string('x', 80)}}"}""";

    private static async Task<Reading> MeasureAsync(Func<Task> read)
    {
        using var process = Process.GetCurrentProcess();
        var cpu = process.TotalProcessorTime;
        var began = Stopwatch.GetTimestamp();
        await read();
        var took = Stopwatch.GetElapsedTime(began);
        process.Refresh();
        return new Reading(
            Records * EventsPerRecord / took.TotalSeconds, (process.TotalProcessorTime - cpu).TotalSeconds);
    }

    private static async Task<(Func<Task> Ours, Func<Task> Typed)> PrepareAsync(string connectionString)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await new SchemaMigrator(source, NullLogger.Instance).MigrateAsync(
            typeof(SchemaMigrator).Assembly, CancellationToken.None);
        await using var connection = await source.OpenConnectionAsync();
        var log = new LogDatabase(connectionString);
        var tables = await new LogInspection(log, BuiltInMapping.ForWorker(["rpa1"]), connectionString)
            .InspectAsync(connection, CancellationToken.None);
        var slots = new Dictionary<string, (TrialSlot Slot, ulong From)>();
        foreach (var name in new[] { Ours, Typed })
        {
            var slot = new TrialSlot(log, connectionString, name, TimeProvider.System);
            slots[name] = (slot, await slot.CreateAsync(connection, tables, (_, _, _) => { }, CancellationToken.None));
        }

        await using var workload = new NpgsqlCommand(_workload, connection) { CommandTimeout = 0 };
        await workload.ExecuteNonQueryAsync();
        await TableCounting.MarkAsync(connection, Ours, CancellationToken.None);
        return (
            () => ReadAsync(connectionString, slots[Ours].Slot, slots[Ours].From, tables),
            () => ReadTypedAsync(connectionString, slots[Typed].Slot));
    }

    private static async Task ReadAsync(string connectionString, TrialSlot slot, ulong from, TrialTables tables)
    {
        var folder = Directory.CreateTempSubdirectory("bench").FullName;
        try
        {
            await using var file = BlockFileWriter.Create(Path.Combine(folder, EvidenceFiles.History), Ours);
            var sink = new EvidenceSink(file, new LiveView(tables.Mapping.Stages), TimeProvider.System);
            var decoder = new WalDecoder(
                new MappedTables(tables.Mapping, tables.Queue.Oid, tables.Effect.Oid), sink.Add);
            var stream = new WalStream(slot, connectionString, decoder, sink, TimeProvider.System);
            await stream.RunAsync(from, () => decoder.Marker is not null, CancellationToken.None);
            await file.FlushAsync();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        await slot.DropAsync(CancellationToken.None);
    }

    private static async Task ReadTypedAsync(string connectionString, TrialSlot slot)
    {
        using var enough = new CancellationTokenSource();
        await using (var connection = new LogicalReplicationConnection(connectionString))
        {
            await connection.Open();
            var options = new PgOutputReplicationOptions(slot.Publications, PgOutputProtocolVersion.V1, messages: true);
            try
            {
                await foreach (var message in connection.StartReplication(
                    new PgOutputReplicationSlot(slot.Name), options, enough.Token))
                {
                    await LookAtAsync(message);
                    if (message is LogicalDecodingMessage)
                    {
                        await enough.CancelAsync();
                    }
                }
            }
            catch (OperationCanceledException) when (enough.IsCancellationRequested)
            {
                // The mark is seen.
            }
        }

        await slot.DropAsync(CancellationToken.None);
    }

    private static async Task LookAtAsync(PgOutputReplicationMessage message)
    {
        var row = message switch
        {
            InsertMessage insert => insert.NewRow,
            UpdateMessage update => update.NewRow,
            _ => null,
        };
        if (row is not null)
        {
            await foreach (var column in row)
            {
                if (!column.IsDBNull)
                {
                    await column.Get<string>();
                }
            }
        }
    }

    private sealed record Reading(double Rate, double Cpu);
}
