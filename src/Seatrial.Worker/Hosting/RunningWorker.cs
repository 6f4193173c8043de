using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Seatrial.Wire;
using Seatrial.Worker.Configuration;
using Seatrial.Worker.Processing;
using Seatrial.Worker.Recovery;
using Seatrial.Worker.Telemetry;

namespace Seatrial.Worker.Hosting;

/// <summary>A worker from its start to the end of its drain.</summary>
internal sealed partial class RunningWorker : IAsyncDisposable
{
    private readonly ContainerConfig _config;
    private readonly WorkerBuilder _builder;
    private readonly ILogger _logger;
    private readonly WorkerServices _services;
    private readonly WorkerContext _context;

    public RunningWorker(
        ConfigurationReading reading, LiveConfig config, WorkerBuilder builder, WorkerEnvironment environment)
    {
        if (builder.Handlers.Count == 0)
        {
            throw new InvalidOperationException("The flow handles no queue. fix: call Handle on the worker.");
        }

        _config = config.Current;
        _builder = builder;
        _logger = environment.Logs.CreateLogger(_config.FlowName);
        var retryConfig = _config.DatabaseConnections[ContainerVariables.QueueDatabase].RetryConfig;
        _context = new WorkerContext
        {
            // Never the host's name alone: after a restart the orphans of the process before would look alive.
            Owner = $"{environment.HostName}-{RandomNumberGenerator.GetHexString(8, lowercase: true)}",
            Config = _config.Worker,
            Retry = new DatabaseRetry(retryConfig, environment.Time, _logger),
            Drain = new Drain(_config.Worker.DrainTimeout, environment.Time),
            Time = environment.Time,
            Logger = _logger,
            Progress = new WorkerProgress(environment.Time),
        };
        _services = new WorkerServices(reading, environment, _context, config);
    }

    /// <summary>Works until <paramref name="stop"/>, drains, and returns the exit code.</summary>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        var began = _context.Time.GetTimestamp();
        await using var stopping = stop.Register(BeginDrain).ConfigureAwait(false);
        using var over = new CancellationTokenSource();
        LogStarting(_config.FlowName, _context.Owner, _config.Environment);
        var report = StartupReports.Render(_services.Report());
        LogReport(report);
        var watch = _services.Watch.RunAsync(over.Token);
        try
        {
            var dependencies = WaitForDependenciesAsync(watch);
            var server = await _services.ServeAsync(_config.HealthCheckConfig.Port, stop).ConfigureAwait(false);
            await using var closing = server.ConfigureAwait(false);
            if (await dependencies.ConfigureAwait(false) is { Count: > 0 } missing)
            {
                var causes = string.Join("; ", missing.Select(one => $"{one.Name} ({one.Cause}): {one.Message}"));
                LogMissing(_config.StartupTimeout, causes);
                return ContainerExitCodes.Unavailable;
            }

            await MigrateAsync().ConfigureAwait(false);
            _services.Monitor.Begin();
            _context.Progress.Stage = WorkerStage.Working;
            var took = _context.Time.GetElapsedTime(began).TotalMilliseconds;
            LogWorking(took);
            await WorkAsync(watch, over).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_context.Drain.Stopping.IsCancellationRequested)
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
        return watch.IsCompletedSuccessfully && !stop.IsCancellationRequested
            ? ContainerExitCodes.Restart
            : ContainerExitCodes.Ok;
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync().ConfigureAwait(false);
        _context.Drain.Dispose();
    }

    private void BeginDrain()
    {
        _context.Progress.Stage = WorkerStage.Draining;
        _context.Drain.Begin();
        LogDraining(_config.Worker.DrainTimeout);
    }

    /// <summary>What is required and still away at the end.</summary>
    private async Task<IReadOnlyList<DependencyStatus>> WaitForDependenciesAsync(Task watch)
    {
        var waiting = _services.Dependencies.WaitForAllAsync(_context.Drain.Stopping);
        if (await Task.WhenAny(waiting, watch).ConfigureAwait(false) == watch)
        {
            await watch.ConfigureAwait(false);
            BeginDrain();
        }

        return await waiting.ConfigureAwait(false);
    }

    private async Task MigrateAsync()
    {
        var migrator = new SchemaMigrator(_services.Databases.Queue, _logger);
        foreach (var schema in _builder.Schemas)
        {
            await _context.Retry
                .RunAsync(
                    "bring the schema up to date", token => migrator.MigrateAsync(schema, token),
                    _context.Drain.Stopping)
                .ConfigureAwait(false);
        }
    }

    private async Task WorkAsync(Task watch, CancellationTokenSource over)
    {
        var database = _services.Databases.Queue;
        var durations = _services.Telemetry.Meter.RunDuration;
        var queue = new RecordQueue(database, _context.Owner, _context.Time);
        var wakeUps = _builder.Handlers.ToDictionary(handler => handler.Queue, _ => new WakeUp(_context.Time));
        var work = Task.WhenAll(_builder.Handlers.Select(handler =>
            new QueueWorker(
                queue, MeasuredHandlers.Measure(handler, durations, _context.Time), wakeUps[handler.Queue], _context)
                .RunAsync()));
        Task[] besides =
        [
            watch,
            _services.Monitor.RunAsync(over.Token),
            new QueueListener(database, wakeUps, _context.Retry, _logger).RunAsync(over.Token),
            new Reaper(queue, wakeUps, _context).RunAsync(over.Token),
            new LeaseKeeper(queue, _context).RunAsync(over.Token),
        ];

        // None of them ends before it is told to, unless the configuration takes a restart, or by a bug: then what is
        // held is handed back, and the bug is told.
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

    [LoggerMessage(Level = LogLevel.Information, Message = "{Report}")]
    private partial void LogReport(string report);

    [LoggerMessage(
        Level = LogLevel.Critical, Message = "Giving up: required dependencies are still away after {Timeout}. {Missing}")]
    private partial void LogMissing(TimeSpan timeout, string missing);

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
