using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Seatrial.Wire;
using Seatrial.Worker.Configuration;
using Seatrial.Worker.Health;
using Seatrial.Worker.Prefect;
using Seatrial.Worker.Processing;
using Seatrial.Worker.Recovery;
using Seatrial.Worker.Telemetry;

namespace Seatrial.Worker.Hosting;

/// <summary>A worker from its start to the end of its drain.</summary>
internal sealed partial class RunningWorker : IAsyncDisposable
{
    private readonly ContainerConfig _config;
    private readonly WorkerBuilder _builder;
    private readonly ErrorRecoveryManager _recovery;
    private readonly WorkerEnvironment _environment;
    private readonly ILogger _logger;
    private readonly WorkerServices _services;
    private readonly WorkerContext _context;
    private PrefectPart? _prefect;

    public RunningWorker(
        ConfigurationReading reading,
        LiveConfig config,
        WorkerBuilder builder,
        WorkerEnvironment environment,
        ErrorRecoveryManager recovery)
    {
        if (builder.Handlers.Count == 0)
        {
            throw new InvalidOperationException("The flow handles no queue. fix: call Handle on the worker.");
        }

        _config = config.Current;
        _builder = builder;
        _recovery = recovery;
        _environment = environment;
        _logger = environment.Logs.CreateLogger(_config.FlowName);
        var retryConfig = _config.DatabaseConnections[ContainerVariables.QueueDatabase].RetryConfig;
        var breakers = new CircuitBreakers(environment.Time, _logger);
        _context = new WorkerContext
        {
            // Never the host's name alone: after a restart the orphans of the process before would look alive.
            Owner = $"{environment.HostName}-{RandomNumberGenerator.GetHexString(8, lowercase: true)}",
            Live = config,
            Retry = new DatabaseRetry(
                retryConfig, breakers.Busy(ContainerVariables.QueueDatabase, retryConfig), _logger),
            Breakers = breakers,
            Drain = new Drain(_config.Worker.DrainTimeout, environment.Time),
            Time = environment.Time,
            Logger = _logger,
            Progress = new WorkerProgress(environment.Time),
            Journal = Journal.Open(
                _config.Worker.StateFolder, _config.FlowName, _config.Worker.JournalBytes, _logger),
        };
        _services = new WorkerServices(reading, environment, _context, config, builder.Served);
        recovery.Services = _services.Dependencies;
    }

    /// <summary>Works until <paramref name="stop"/>, drains, and returns the exit code.</summary>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        var began = _context.Time.GetTimestamp();
        await using var stopping = stop.Register(BeginDrain).ConfigureAwait(false);
        using var over = new CancellationTokenSource();
        using var notWaiting = CancellationTokenSource.CreateLinkedTokenSource(over.Token, _context.Drain.Stopping);
        LogStarting(_config.FlowName, _context.Owner, _config.Environment);
        _prefect = PrefectPart.Start(
            _config.Prefect, _environment, (_config.FlowName, _config.Environment), _context);
        using var scope = _prefect is { } prefect ? _logger.BeginScope(prefect.Scope) : null;
        var report = StartupReports.Render(_services.Report());
        LogReport(report);
        var watch = WatchAsync(over.Token);
        var dependencies = _services.Dependencies.WaitForAllAsync(notWaiting.Token);
        try
        {
            var server = await ServeAsync(stop).ConfigureAwait(false);
            await using var closing = server.ConfigureAwait(false);
            if (!await PrepareAsync(dependencies, began).ConfigureAwait(false))
            {
                return ContainerExitCodes.Unavailable;
            }

            await WorkAsync(watch, over).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_context.Drain.Stopping.IsCancellationRequested)
        {
            // Stopped before the first claim.
        }
        finally
        {
            await over.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(watch, dependencies).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        var (ended, held) = (_context.Progress.Ended, _context.Held.Records);
        LogDrained(ended, held);
        return watch.IsCompletedSuccessfully && !stop.IsCancellationRequested
            ? ContainerExitCodes.Restart
            : ContainerExitCodes.Ok;
    }

    public async ValueTask DisposeAsync()
    {
        if (_prefect is not null)
        {
            await _prefect.DisposeAsync().ConfigureAwait(false);
        }

        await _services.DisposeAsync().ConfigureAwait(false);
        _context.Journal?.Dispose();
        _context.Drain.Dispose();
    }

    private void BeginDrain()
    {
        if (_context.Drain.Stopping.IsCancellationRequested)
        {
            return;
        }

        _context.Progress.Stage = WorkerStage.Draining;
        _context.Drain.Begin();
        LogDraining(_config.Worker.DrainTimeout);
    }

    /// <summary>Ends when a change of the configuration has begun the drain.</summary>
    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        await _services.Watch.RunAsync(cancellationToken).ConfigureAwait(false);
        BeginDrain();
    }

    /// <exception cref="ConfigurationException">The port is taken.</exception>
    private async Task<HealthServer> ServeAsync(CancellationToken cancellationToken)
    {
        var port = _config.HealthCheckConfig.Port;
        try
        {
            return await _services.ServeAsync(_config, cancellationToken).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            throw new ConfigurationException([new ConfigurationProblem(
                ContainerVariables.HealthPort, $"can't be used: Can't listen on port {port}: {e.Message}",
                "free it, or set another.")]);
        }
    }

    /// <summary>False when something required did not come up in time.</summary>
    private async Task<bool> PrepareAsync(Task<IReadOnlyList<DependencyStatus>> dependencies, long began)
    {
        var missing = await dependencies.ConfigureAwait(false);
        if (missing.Count > 0)
        {
            var causes = string.Join("; ", missing.Select(one => FormattableString.Invariant(
                $"{one.Name} ({one.Cause}) after {one.Attempts} attempts in {one.Waited:F1} s: {one.Message}")));
            LogMissing(causes);
            await _recovery.StopAsync(Alert.Dependency, causes, ContainerExitCodes.Unavailable).ConfigureAwait(false);
            return false;
        }

        await CheckEncodingAsync().ConfigureAwait(false);
        await MigrateAsync().ConfigureAwait(false);
        _services.Monitor.Begin();
        _context.Progress.Stage = WorkerStage.Working;
        var took = _context.Time.GetElapsedTime(began).TotalMilliseconds;
        LogWorking(took);
        return true;
    }

    /// <exception cref="ConfigurationException">It can't hold every record.</exception>
    private Task<bool> CheckEncodingAsync() => _context.Retry.RunAsync(
        "ask for the database's encoding",
        async token =>
        {
            var database = _services.Databases;
            var problem = await QueueEncoding.ProblemAsync(
                database.Queue, database.TargetOf(ContainerVariables.QueueDatabase), token).ConfigureAwait(false);
            return problem is null ? true : throw new ConfigurationException([problem]);
        },
        _context.Drain.Stopping);

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
        var depths = new QueueDepths(
            database, _builder.Handlers.Select(handler => handler.Queue), _config.HealthCheckConfig.Interval, _context);
        _services.Telemetry.Meter.Begin(depths, _prefect);
        var safeguards = new Safeguards(_context, _services.Monitor, _services.Dependencies, _prefect);
        RecordQueue Queue(string owner) => new(database, owner, _context.Time);
        var queue = Queue(_context.Owner);
        var wakeUps = _builder.Handlers.ToDictionary(handler => handler.Queue, _ => new WakeUp(_context.Time));
        var work = Task.WhenAll(_builder.Handlers.Select(handler =>
            new QueueWorker(
                queue, MeasuredHandlers.Measure(handler, durations, _context.Time), wakeUps[handler.Queue], _context)
                .RunAsync()));
        Task[] besides =
        [
            watch,
            _context.Journal is { } journal
                ? new JournalReplay(journal, Queue, [.. _builder.Handlers], _context).RunAsync(over.Token)
                : Task.Delay(Timeout.InfiniteTimeSpan, _context.Time, over.Token),
            _services.Monitor.RunAsync(over.Token),
            new QueueListener(database, wakeUps, _context.Retry, _logger).RunAsync(over.Token),
            new Reaper(queue, wakeUps, _context).RunAsync(over.Token),
            depths.RunAsync(over.Token),
            safeguards.RunAsync(over.Token),
            new Retention(database, _context).RunAsync(over.Token),
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
        Level = LogLevel.Critical, Message = "Giving up: required dependencies are still away. {Missing}")]
    private partial void LogMissing(string missing);

    [LoggerMessage(Level = LogLevel.Information, Message = "Working after {Milliseconds} ms.")]
    private partial void LogWorking(double milliseconds);

    [LoggerMessage(Level = LogLevel.Information, Message = "Draining: no new claims, and the end within {Timeout}.")]
    private partial void LogDraining(TimeSpan timeout);

    [LoggerMessage(
        Level = LogLevel.Information, Message = "Drained: {Ended} records ended, {Held} left to their lease.")]
    private partial void LogDrained(long ended, int held);
}
