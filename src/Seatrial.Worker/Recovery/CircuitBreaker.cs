using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;
using Seatrial.Worker.Configuration;

namespace Seatrial.Worker.Recovery;

/// <summary>
/// Keeps attempts from a dependency that is away: open after a few failures, then one attempt at a time probes it, at
/// growing intervals, until one succeeds.
/// </summary>
public sealed partial class CircuitBreaker
{
    /// <summary>Attempts are made.</summary>
    public const string Closed = "closed";

    /// <summary>None is made.</summary>
    public const string Open = "open";

    /// <summary>One probes.</summary>
    public const string HalfOpen = "half_open";

    // An outage is seen within a second even where many attempts had just succeeded.
    private const int LeastAttempts = 3;
    private const double Ratio = 0.5;
    private static readonly TimeSpan _window = TimeSpan.FromSeconds(1);

    private readonly CircuitBreakerStateProvider _state = new();
    private readonly CircuitBreakerManualControl _control = new();
    private readonly ResiliencePipeline _pipeline;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private TaskCompletionSource _closed = NewSource();
    private long _openings;
    private bool _isTold;

    internal CircuitBreaker(string service, RetryConfig retry, TimeSpan? window, TimeProvider time, ILogger logger)
    {
        Service = service;
        _time = time;
        _logger = logger;
        _pipeline = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                MinimumThroughput = LeastAttempts,
                FailureRatio = Ratio,
                SamplingDuration = window ?? _window,
                BreakDurationGenerator = opening => ValueTask.FromResult(
                    Backoff.Delay(retry, opening.HalfOpenAttempts + 1)),
                ShouldHandle = attempt => ValueTask.FromResult(
                    attempt.Outcome.Exception is { } error && DatabaseErrors.IsAway(error)),
                StateProvider = _state,
                ManualControl = _control,
                OnOpened = NoteOpened,
                OnClosed = NoteClosed,
            })
            .Build();
    }

    /// <summary>Of the dependency.</summary>
    public string Service { get; }

    /// <summary><see cref="Closed"/>, <see cref="Open"/> or <see cref="HalfOpen"/>.</summary>
    public string State => _state.CircuitState switch
    {
        CircuitState.Closed => Closed,
        CircuitState.HalfOpen => HalfOpen,
        CircuitState.Open or CircuitState.Isolated => Open,
    };

    /// <summary>How often it opened, failed probes included.</summary>
    public long Openings => Interlocked.Read(ref _openings);

    /// <summary>Why it opened last; null when it never did.</summary>
    public string? Cause { get; private set; }

    /// <summary>Makes the attempt, unless the dependency is not to be asked now.</summary>
    /// <exception cref="CircuitOpenException">It was not made.</exception>
    public async Task<T> RunAsync<T>(
        Func<CancellationToken, Task<T>> attempt, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(attempt);
        try
        {
            return await _pipeline.ExecuteAsync(
                static async (run, token) => await run(token).ConfigureAwait(false), attempt, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (BrokenCircuitException e)
        {
            throw new CircuitOpenException(Service, e.RetryAfter ?? TimeSpan.Zero);
        }
    }

    /// <summary>
    /// What was seen of the dependency elsewhere: null when it answered, which closes the breaker; else why not.
    /// </summary>
    internal async Task NoteAsync(string? fault)
    {
        try
        {
            await RunAsync(_ => fault is null ? Task.FromResult(true) : throw new TimeoutException(fault))
                .ConfigureAwait(false);
        }
        catch (CircuitOpenException)
        {
            if (fault is null)
            {
                await _control.CloseAsync().ConfigureAwait(false);
            }
        }
        catch (TimeoutException)
        {
            // Counted.
        }
    }

    /// <summary>Until the breaker closes, at most for so long.</summary>
    internal async Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(Volatile.Read(ref _closed).Task, Task.Delay(atMost, _time, either.Token))
            .ConfigureAwait(false);
        await either.CancelAsync().ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ValueTask NoteOpened(OnCircuitOpenedArguments<object> opened)
    {
        Cause = opened.Outcome.Exception?.Message;
        Interlocked.Increment(ref _openings);
        if (!Interlocked.Exchange(ref _isTold, true))
        {
            LogOpened(Service, Cause, opened.BreakDuration);
        }

        return ValueTask.CompletedTask;
    }

    private ValueTask NoteClosed(OnCircuitClosedArguments<object> closed)
    {
        Interlocked.Exchange(ref _closed, NewSource()).SetResult();
        if (Interlocked.Exchange(ref _isTold, false))
        {
            LogClosed(Service);
        }

        return ValueTask.CompletedTask;
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The circuit breaker of {Service} opened: {Cause} It is asked again in {Delay}, by one attempt at a "
            + "time.")]
    private partial void LogOpened(string service, string? cause, TimeSpan delay);

    [LoggerMessage(Level = LogLevel.Information, Message = "The circuit breaker of {Service} closed.")]
    private partial void LogClosed(string service);
}
