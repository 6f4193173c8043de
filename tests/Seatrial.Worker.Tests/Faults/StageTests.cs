using System.Diagnostics;
using Npgsql;
using Seatrial.Worker.Hosting;
using Seatrial.Worker.Processing;
using Seatrial.Worker.Tests.Configuration;
using Seatrial.Worker.Tests.Hosting;
using Seatrial.Worker.Tests.Prefect;
using Seatrial.Worker.Tests.Processing;

namespace Seatrial.Worker.Tests.Faults;

/// <summary>
/// A worker in a process of its own is told to end, or is killed, at a known stage of its batches; then another one
/// goes on: every record counts once.
/// </summary>
public sealed class StageTests : IDisposable
{
    private const int Records = 40;

    // As orchestrators have it.
    private static readonly TimeSpan _grace = TimeSpan.FromSeconds(10);

    private const string Rows = "rows";
    private const string Chunks = "chunks";
    private const string Effects = "rows with effects";

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, string> Ends => new(
        from signal in new[] { "TERM", "KILL" } from shape in new[] { Rows, Chunks, Effects } select (signal, shape));

    private (string, string)[] Quick =>
    [
        ("WORKER__BATCH_SIZE", "10"),
        ("WORKER__CONCURRENCY", "1"),
        ("WORKER__POLL_INTERVAL", "20ms"),
        ("WORKER__LEASE", "2s"),
        ("WORKER__DRAIN_TIMEOUT", "2s"),
        ("WORKER__JOURNAL_AFTER", "1h"),
        ("DATABASE_CONNECTIONS__QUEUE__CONNECTION_TIMEOUT", "1s"),
        ("STATE_FOLDER", _folder.PathOf("")),
    ];

    [Theory]
    [MemberData(nameof(Ends))]
    public Task Before_the_claim(string signal, string shape) => RunAsync(signal, shape, async trial =>
    {
        await trial.EndAsync();
        await trial.EnqueueAsync();
    });

    [Theory]
    [MemberData(nameof(Ends))]
    public Task While_the_claim_is_on_its_way(string signal, string shape) => RunAsync(signal, shape, async trial =>
    {
        // The server carries the claim out, and nobody is there to hear of it.
        await trial.BlockedAsync("seatrial.records, seatrial.chunks", "fence + 1, attempts", trial.EnqueueAsync);
    });

    [Theory]
    [MemberData(nameof(Ends))]
    public Task After_the_claim_before_the_handler(string signal, string shape) =>
        RunAsync(signal, shape, async trial =>
        {
            await trial.EnqueueAsync();
            await trial.Queue.UntilAsync(trial.Claimed);
            await trial.EndAsync();
            Assert.False(File.Exists(_folder.PathOf("handled")));
        });

    [Theory]
    [MemberData(nameof(Ends))]
    public Task In_the_handler(string signal, string shape) => RunAsync(signal, shape, async trial =>
    {
        _folder.Write("below", "6");
        _folder.Write("go", "");
        await trial.EnqueueAsync();
        await Eventually.HoldsAsync(trial.Log, () => Task.FromResult(
            File.Exists(_folder.PathOf("handled")) && WorkerProcess.Handled(_folder.PathOf("")).Count == 5));
        await trial.EndAsync();
    });

    [Theory]
    [MemberData(nameof(Ends))]
    public Task After_the_handler_before_the_commit(string signal, string shape) =>
        RunAsync(signal, shape, async trial =>
        {
            await trial.EnqueueAsync();
            await trial.Queue.UntilAsync(trial.Claimed);
            var held = trial.Wire.HoldAtAsync(trial.Completion, answer: false);
            _folder.Write("go", "");
            await held;
            await trial.EndAsync();
        });

    [Theory]
    [MemberData(nameof(Ends))]
    public Task During_the_commit(string signal, string shape) => RunAsync(signal, shape, async trial =>
    {
        await trial.EnqueueAsync();
        await trial.Queue.UntilAsync(trial.Claimed);
        await trial.BlockedAsync("seatrial.results", trial.Completion, _ =>
        {
            _folder.Write("go", "");
            return Task.CompletedTask;
        });
    });

    [Theory]
    [MemberData(nameof(Ends))]
    public Task After_the_commit_before_its_answer(string signal, string shape) =>
        RunAsync(signal, shape, async trial =>
        {
            await trial.EnqueueAsync();
            await trial.Queue.UntilAsync(trial.Claimed);
            var held = trial.Wire.HoldAtAsync(trial.Commit, answer: true);
            _folder.Write("go", "");
            await held;
            await Eventually.HoldsAsync(trial.Log, async () =>
                await trial.Queue.RowAsync("select count(*) from seatrial.results") == "10");
            await trial.EndAsync();
        });

    public void Dispose() => _folder.Dispose();

    private async Task RunAsync(string signal, string shape, Func<Trial, Task> act)
    {
        await using var queue = await TestQueue.CreateAsync();
        await Workload.CreateEffectsAsync(queue);
        await using var wire = new Wire(queue.ConnectionString);
        var (process, log) = WorkerProcess.Start(wire.ConnectionString, _folder.PathOf(""), Quick);
        using (process)
        {
            try
            {
                await log.SeenAsync("Working after");
                await act(new Trial(queue, wire, process, log, (signal, shape)));
            }
            finally
            {
                process.Kill();
                await process.WaitForExitAsync(CancellationToken.None);
            }
        }

        await using var successor = new TestWorker(queue.ConnectionString, Configure, Quick);
        await Workload.AssertOnceAsync(queue, Records, shape == Effects ? Records : 0);
        Assert.Equal(0, await successor.StopAsync());
    }

    private static void Configure(WorkerBuilder worker)
    {
        worker.Handle(Workload.Plain, TestJson.Default.Number, Handle);
        worker.Handle(Workload.Effects, TestJson.Default.Number, Handle).Completing(Workload.CountAsync);

        static Outcome Handle(Record<Number> record) => Outcome.Done(record.Payload, TestJson.Default.Number);
    }

    private sealed record Trial(
        TestQueue Queue, Wire Wire, Process Process, LogWatch Log, (string Signal, string Shape) Kind)
    {
        /// <summary>Two batches: one in its handler, one behind it.</summary>
        public string Claimed => Kind.Shape == Chunks
            ? "(select count(*) from seatrial.chunks where state = 'running') = 2"
            : "(select count(*) from seatrial.records where state = 'running') = 20";

        /// <summary>In the statement that ends a batch.</summary>
        public string Completion => Kind.Shape == Chunks ? "set state = 'done'" : "delete from seatrial.records";

        /// <summary>In the message with which a batch counts.</summary>
        public string Commit => Kind.Shape == Effects ? "COMMIT\0" : Completion;

        public async Task EnqueueAsync()
        {
            await using var connection = await Queue.DataSource.OpenConnectionAsync(TestQueue.Cancellation);
            await EnqueueAsync(connection);
        }

        public Task EnqueueAsync(NpgsqlConnection connection) => Workload.EnqueueAsync(
            connection, Kind.Shape == Effects ? Workload.Effects : Workload.Plain, Records, Kind.Shape == Chunks);

        /// <summary>The signal, and its end: in order, where it was asked to end.</summary>
        public async Task EndAsync()
        {
            await SignalAsync();
            await EndedAsync();
        }

        /// <summary>
        /// The signal comes while a statement with this text waits in the server, which then carries it out. What leads
        /// to the statement comes once the tables are held.
        /// </summary>
        public async Task BlockedAsync(string tables, string text, Func<NpgsqlConnection, Task> held)
        {
            await using var connection = await Queue.DataSource.OpenConnectionAsync(TestQueue.Cancellation);
            await using var transaction = await connection.BeginTransactionAsync(TestQueue.Cancellation);
            await using (var hold = new NpgsqlCommand($"lock table {tables} in access exclusive mode", connection))
            {
                await hold.ExecuteNonQueryAsync(TestQueue.Cancellation);
            }

            await held(connection);
            await Eventually.HoldsAsync(Log, async () => await Queue.RowAsync($"""
                select count(*) > 0 from pg_stat_activity
                where wait_event_type = 'Lock' and query like '%{text.Replace("'", "''", StringComparison.Ordinal)}%' and pid <> pg_backend_pid()
                """) == "True");
            await SignalAsync();
            if (Kind.Signal == "KILL")
            {
                await EndedAsync();
            }
            else
            {
                await Log.SeenAsync("Draining");
            }

            await transaction.CommitAsync(TestQueue.Cancellation);
            await EndedAsync();
        }

        private async Task SignalAsync()
        {
            using var kill = Process.Start("sh", ["-c", $"kill -{Kind.Signal} {Process.Id}"]);
            await kill.WaitForExitAsync(TestQueue.Cancellation);
        }

        private async Task EndedAsync()
        {
            await Process.WaitForExitAsync(TestQueue.Cancellation).WaitAsync(_grace);
            Assert.Equal(Kind.Signal == "KILL" ? 137 : 0, Process.ExitCode);
        }
    }
}
