using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Seatrial.Wire;
using Seatrial.Worker.Hosting;
using Seatrial.Worker.Processing;
using Seatrial.Worker.Recovery;

namespace Seatrial.Worker.Prefect;

/// <summary>
/// All that a worker does for Prefect, beside its work and never in its way: without a Prefect, or without a disk to
/// keep its messages on, there is nothing of it but a line in the log.
/// </summary>
internal sealed partial class PrefectPart : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly StateFile _file;
    private readonly Outbox _outbox;
    private readonly PrefectClient _client;
    private readonly WorkObserver _observer;
    private readonly PrefectSync _sync;
    private readonly PrefectConfig _config;
    private readonly Task _running;

    private PrefectPart(PrefectConfig config, StateFile file, Outbox outbox, WorkObserver observer, Surroundings around)
    {
        _config = config;
        _file = file;
        _outbox = outbox;
        _observer = observer;
        _client = new PrefectClient(
            config.ApiUrl, config.Authentication, config.Timeout, config.RequestsPerSecond, around.Time)
        { Breaker = around.Breaker };
        _sync = new PrefectSync(_client, outbox, config, around.Time, around.Logger);
        _running = Task.Run(() => RunAsync(around.Logger));
    }

    /// <summary>For health and metrics.</summary>
    public OutboxState State => _outbox.State;

    /// <summary>For health and metrics.</summary>
    public bool IsConnected => _sync.IsConnected;

    /// <summary>For the lines of the log that are written while a run is under way.</summary>
    public RunScope Scope => new(() => _observer.Current);

    /// <summary>Gives the room of what was told back to the file system.</summary>
    public void GiveBack() => _outbox.GiveBack();

    /// <summary>Begins to observe the worker, if its environment names a Prefect; waits for nothing.</summary>
    public static PrefectPart? Start(
        PrefectConfig? config,
        WorkerEnvironment environment,
        (string Flow, string Stage) name,
        WorkerContext context) => config is null ? null : StartWith(config, environment, name, context);

    /// <summary>Ends the run under way, and gives its last messages a moment to go out.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await ((Task)_running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _observer.Finish();
        using (var flush = new CancellationTokenSource(_config.FlushTimeout))
        {
            await _sync.FlushAsync(flush.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        _client.Dispose();
        _outbox.Dispose();
        _file.Dispose();
        _stop.Dispose();
    }

    private async Task RunAsync(ILogger logger)
    {
        Task[] both = [_observer.RunAsync(_stop.Token), _sync.RunAsync(_stop.Token)];
        var first = await Task.WhenAny(both).ConfigureAwait(false);
        if (first.IsFaulted)
        {
            LogBug(logger, first.Exception);
        }

        await Task.WhenAll(both).ConfigureAwait(false);
    }

    private static PrefectPart? StartWith(
        PrefectConfig config, WorkerEnvironment environment, (string Flow, string Stage) name, WorkerContext context)
    {
        var logger = environment.Logs.CreateLogger(LogTap.OwnLogger);
        StateFile? file = null;
        Outbox? outbox = null;
        try
        {
            file = StateFile.Claim(config.StateFolder, $"prefect-{name.Flow}");
            outbox = new Outbox(file.Name, new OutboxLimits(config.MaxRows, config.MaxAge), context.Time);
            var tap = new LogTap(context.Time);
            environment.Logs.AddProvider(tap);
            var spans = new WorkSpans(name.Flow, name.Stage, context.Owner, config);
            var observer = new WorkObserver(spans, outbox, tap, context, logger);
            observer.EndThoseOfTheDead();
            return new PrefectPart(config, file, outbox, observer, new Surroundings(
                context.Time, logger, context.Breakers.Calm(ContainerVariables.PrefectService, config.RetryConfig)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SqliteException)
        {
            outbox?.Dispose();
            file?.Dispose();
            LogNoDisk(logger, config.StateFolder, e.Message, ContainerVariables.StateFolder);
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Prefect hears no more of this worker because of a bug.")]
    private static partial void LogBug(ILogger logger, Exception? exception);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "There is no place for Prefect's messages in {Folder}: {Cause} Work goes on, and Prefect hears "
            + "nothing of it.  fix: mount a volume there, or set {Variable} to a folder that can be written.")]
    private static partial void LogNoDisk(ILogger logger, string folder, string cause, string variable);

    private sealed record Surroundings(TimeProvider Time, ILogger Logger, CircuitBreaker Breaker);
}
