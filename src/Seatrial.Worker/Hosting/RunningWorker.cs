using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Npgsql;
using Seatrial.Wire;
using Seatrial.Worker.Configuration;
using Seatrial.Worker.Health;
using Seatrial.Worker.Prefect;
using Seatrial.Worker.Processing;
using Seatrial.Worker.Recovery;

namespace Seatrial.Worker.Hosting;

/// <summary>A worker from its start to the end of its drain.</summary>
internal sealed partial class RunningWorker : IAsyncDisposable
{
    private readonly ContainerConfig _config;
    private readonly WorkerBuilder _builder;
    private readonly WorkerEnvironment _environment;
    private readonly ILogger _logger;
    private readonly Dictionary<string, NpgsqlDataSource> _databases;
    private readonly NpgsqlDataSource _queueDatabase;
    private readonly WorkerContext _context;
    private PrefectPart? _prefect;

    public RunningWorker(ContainerConfig config, WorkerBuilder builder, WorkerEnvironment environment)
    {
        if (builder.Handlers.Count == 0)
        {
            throw new InvalidOperationException("The flow handles no queue. fix: call Handle on the worker.");
        }

        _config = config;
        _builder = builder;
        _environment = environment;
        _logger = environment.Logs.CreateLogger(config.FlowName);

        // Never the host's name alone: after a restart the orphans of the process before would look alive.
        var owner = $"{environment.HostName}-{RandomNumberGenerator.GetHexString(8, lowercase: true)}";
        _databases = config.DatabaseConnections.ToDictionary(
            database => database.Key, database => QueueDataSource.Create(database.Value, owner));
        _queueDatabase = _databases[ContainerVariables.QueueDatabase];
        var retryConfig = config.DatabaseConnections[ContainerVariables.QueueDatabase].RetryConfig;
        _context = new WorkerContext
        {
            Owner = owner,
            Config = config.Worker,
            Retry = new DatabaseRetry(retryConfig, environment.Time, _logger),
            Drain = new Drain(config.Worker.DrainTimeout, environment.Time),
            Time = environment.Time,
            Logger = _logger,
            Progress = new WorkerProgress(environment.Time),
            Journal = Journal.Open(config.Worker.StateFolder, config.FlowName, config.Worker.JournalBytes, _logger),
        };
    }

    /// <summary>Works until <paramref name="stop"/>, drains, and returns the exit code.</summary>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        var began = _context.Time.GetTimestamp();
        await using var stopping = stop.Register(BeginDrain).ConfigureAwait(false);
        using var over = new CancellationTokenSource();
        var monitor = new HealthMonitor(_config, _databases, _context);
        LogStarting(_config.FlowName, _context.Owner, _config.Environment);
        _prefect = PrefectPart.Start(_environment, _config.FlowName, _config.Environment, _context);
        try
        {
            var server = await HealthServer.StartAsync(
                _config.HealthCheckConfig.Port, monitor, stop).ConfigureAwait(false);
            await using var closing = server.ConfigureAwait(false);
            var health = monitor.RunAsync(over.Token);
            await MigrateAsync().ConfigureAwait(false);
            _context.Progress.Stage = WorkerStage.Working;
            var took = _context.Time.GetElapsedTime(began).TotalMilliseconds;
            LogWorking(took);
            await WorkAsync(health, over).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Stopped before the first claim.
        }
        catch (IOException e)
        {
            LogPort(_config.HealthCheckConfig.Port, e.Message, ContainerVariables.HealthPort);
            return ContainerExitCodes.Configuration;
        }

        var (ended, held) = (_context.Progress.Ended, _context.Held.Records);
        LogDrained(ended, held);
        return ContainerExitCodes.Ok;
    }

    public async ValueTask DisposeAsync()
    {
        if (_prefect is not null)
        {
            await _prefect.DisposeAsync().ConfigureAwait(false);
        }

        foreach (var database in _databases.Values)
        {
            await database.DisposeAsync().ConfigureAwait(false);
        }

        _context.Journal?.Dispose();
        _context.Drain.Dispose();
    }

    private void BeginDrain()
    {
        _context.Progress.Stage = WorkerStage.Draining;
        _context.Drain.Begin();
        LogDraining(_config.Worker.DrainTimeout);
    }

    private async Task MigrateAsync()
    {
        var migrator = new SchemaMigrator(_queueDatabase, _logger);
        foreach (var schema in _builder.Schemas)
        {
            await _context.Retry
                .RunAsync(
                    "bring the schema up to date", token => migrator.MigrateAsync(schema, token),
                    _context.Drain.Stopping)
                .ConfigureAwait(false);
        }
    }

    private async Task WorkAsync(Task health, CancellationTokenSource over)
    {
        RecordQueue Queue(string owner) => new(_queueDatabase, owner, _context.Time);
        var queue = Queue(_context.Owner);
        var wakeUps = _builder.Handlers.ToDictionary(handler => handler.Queue, _ => new WakeUp(_context.Time));
        var work = Task.WhenAll(_builder.Handlers.Select(handler =>
            new QueueWorker(queue, handler, wakeUps[handler.Queue], _context).RunAsync()));
        Task[] besides =
        [
            _context.Journal is { } journal
                ? new JournalReplay(journal, Queue, [.. _builder.Handlers], _context).RunAsync(over.Token)
                : Task.Delay(Timeout.InfiniteTimeSpan, _context.Time, over.Token),
            health,
            new QueueListener(_queueDatabase, wakeUps, _context.Retry, _logger).RunAsync(over.Token),
            new Reaper(queue, wakeUps, _context).RunAsync(over.Token),
            new LeaseKeeper(queue, _context).RunAsync(over.Token),
        ];

        // None of them ends before it is told to, unless by a bug: then what is held is handed back, and the bug is
        // told.
        await Task.WhenAny([work, .. besides]).ConfigureAwait(false);
        if (!work.IsCompleted)
        {
            BeginDrain();
        }

        await work.ConfigureAwait(false);
        await over.CancelAsync().ConfigureAwait(false);
        try
        {
            await Task.WhenAll(besides).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (besides.All(task => !task.IsFaulted))
        {
            // Told to end.
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Starting {Flow} as {Owner} in {Environment}.")]
    private partial void LogStarting(string flow, string owner, string environment);

    [LoggerMessage(Level = LogLevel.Information, Message = "Working after {Milliseconds} ms.")]
    private partial void LogWorking(double milliseconds);

    [LoggerMessage(Level = LogLevel.Information, Message = "Draining: no new claims, and the end within {Timeout}.")]
    private partial void LogDraining(TimeSpan timeout);

    [LoggerMessage(
        Level = LogLevel.Information, Message = "Drained: {Ended} records ended, {Held} left to their lease.")]
    private partial void LogDrained(long ended, int held);

    [LoggerMessage(
        Level = LogLevel.Critical,
        Message = "Can't listen on port {Port}: {Cause}  fix: free it, or set {Variable} to another.")]
    private partial void LogPort(int port, string cause, string variable);
}
