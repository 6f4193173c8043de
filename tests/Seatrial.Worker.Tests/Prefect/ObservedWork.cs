using Microsoft.Extensions.Logging;
using Seatrial.Worker.Configuration;
using Seatrial.Worker.Hosting;
using Seatrial.Worker.Prefect;
using Seatrial.Worker.Processing;
using Seatrial.Worker.Recovery;
using Seatrial.Worker.Telemetry;
using Seatrial.Worker.Tests.Hosting;

namespace Seatrial.Worker.Tests.Prefect;

/// <summary>What a worker does for Prefect, with work that the test counts itself instead of a database.</summary>
internal sealed class ObservedWork : IAsyncDisposable
{
    private static readonly Action<ILogger, string, Exception?> _complain =
        LoggerMessage.Define<string>(LogLevel.Warning, default, "{What}");

    private readonly string _folder;
    private readonly ILoggerFactory _logs;
    private readonly PrefectPart? _part;

    public ObservedWork(Uri api, string folder, string owner, params (string Name, string Value)[] variables)
        : this(TimeProvider.System, api, folder, owner, variables)
    {
    }

    /// <summary>By a clock of the test's own.</summary>
    public ObservedWork(
        TimeProvider time, Uri api, string folder, string owner, params (string Name, string Value)[] variables)
    {
        _folder = folder;
        _logs = LoggerFactory.Create(logging => logging.AddProvider(Log).SetMinimumLevel(LogLevel.Debug));
        var all = new Dictionary<string, string>
        {
            ["PREFECT_API_URL"] = api.AbsoluteUri,
            ["PREFECT_API_AUTH_STRING"] = PrefectServer.Authentication,
            ["CONTAINER_STATE_FOLDER"] = folder,
            [PrefectOptions.IdleAfter.Variable] = "3s",
            [PrefectOptions.StepLength.Variable] = "800ms",
            [PrefectOptions.ReadBackAfter.Variable] = "3s",
            [PrefectOptions.Timeout.Variable] = "3s",
            [PrefectOptions.FirstDelay.Variable] = "50ms",
            [PrefectOptions.MaxDelay.Variable] = "500ms",
        };
        foreach (var (name, value) in variables)
        {
            all[name] = value;
        }

        var reading = ContainerConfigReader.Read(all);
        var logger = _logs.CreateLogger("flow");
        var breakers = new CircuitBreakers(time, logger);
        Context = new WorkerContext
        {
            Owner = owner,
            Live = new LiveConfig(reading.Config),
            Retry = new DatabaseRetry(new RetryConfig(), breakers.Busy("QUEUE", new RetryConfig()), logger),
            Breakers = breakers,
            Drain = new Drain(TimeSpan.FromSeconds(1), time),
            Time = time,
            Logger = logger,
            Progress = new WorkerProgress(time),
        };
        var environment = new WorkerEnvironment
        {
            Variables = all,
            HostName = "host",
            Time = time,
            Logs = _logs,
            Threshold = new LogThreshold(),
        };
        _part = PrefectPart.Start(reading.Config.Prefect, environment, ("flow", "trial"), Context);
    }

    public LogWatch Log { get; } = new();

    public WorkerContext Context { get; }

    public PrefectPart Part => _part ?? throw new InvalidOperationException("it did not start");

    public void Work(int records)
    {
        Context.Progress.CountClaimed(records);
        Context.Progress.CountEnded(records);
    }

    /// <summary>Logs a warning as the worker does.</summary>
    public void Complain(string what) => _complain(Context.Logger, what, null);

    /// <summary>Returns when the run under way has begun in the outbox, and has this many steps.</summary>
    public Task RunBeginsAsync(int steps = 0) => RunBeginsAsync(_folder, steps, Log);

    /// <summary>The same of another process.</summary>
    public static Task RunBeginsAsync(string folder, int steps, LogWatch? log = null) => Eventually.HoldsAsync(
        log, () => Task.FromResult(Picture.OfFolder(folder) is var lines
        && lines.Any(line => line.Contains(" RUNNING ", StringComparison.Ordinal))
        && lines.Count(line => line.Contains(" work ", StringComparison.Ordinal)) >= steps));

    /// <summary>Returns when every run has ended here, whatever Prefect knows of it.</summary>
    public Task RunEndsAsync() => Eventually.HoldsAsync(Log, () => Task.FromResult(
        Picture.OfFolder(_folder) is { Count: > 0 } lines
        && !lines.Any(line => line.Contains(" RUNNING ", StringComparison.Ordinal))));

    /// <summary>Returns when Prefect has been told everything, and it has been seen there.</summary>
    public Task SettledAsync() => Eventually.HoldsAsync(Log, () => Task.FromResult(Part.State.Depth == 0));

    public async ValueTask DisposeAsync()
    {
        if (_part is not null)
        {
            await _part.DisposeAsync();
        }

        Context.Drain.Dispose();
        _logs.Dispose();
    }
}
