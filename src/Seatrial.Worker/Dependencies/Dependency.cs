using Microsoft.Extensions.Logging;
using Seatrial.Wire;
using Seatrial.Worker.Recovery;

namespace Seatrial.Worker.Dependencies;

/// <summary>A database or service with what is known of its state; each change of it is logged once.</summary>
internal sealed partial class Dependency(
    DependencyPlan plan, IDependencyProbe probe, CircuitBreaker breaker, TimeProvider time, ILogger logger)
{
    private readonly Lock _gate = new();
    private ProbeAnswer? _answer;
    private ProbeAnswer? _answerBefore;
    private long? _firstAt;
    private long _notBefore;
    private int _failures;
    private DependencyStatus _status = new()
    {
        Name = plan.Name,
        Kind = probe.Kind,
        Target = probe.Target,
        Required = plan.Required,
        State = DependencyStatus.Waiting,
    };

    public DependencyPlan Plan => plan;

    public DependencyStatus Status
    {
        get
        {
            lock (_gate)
            {
                return _status;
            }
        }
    }

    /// <summary>Why it is away; null while it is up.</summary>
    public DependencyFault? Fault { get; private set; }

    /// <summary>Whether it is to be asked.</summary>
    public CircuitBreaker Breaker => breaker;

    /// <summary>
    /// How long a connection took: the shorter of the last two times, so that one alone means nothing.
    /// </summary>
    public TimeSpan Connecting => Shorter(answer => answer.Connecting);

    /// <summary>The same of the answer.</summary>
    public TimeSpan Answering => Shorter(answer => answer.Answering);

    /// <summary>Milliseconds that the last check took, in its steps.</summary>
    public string Timing { get; private set; } = "not asked yet";

    /// <summary>Asks until it is up, or for as long as its plan says; the state tells which.</summary>
    public async Task<DependencyStatus> WaitAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(atMost, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        for (var attempts = 1; ; attempts++)
        {
            var status = await CheckAsync(plan.AttemptTimeout(), either.Token).ConfigureAwait(false);
            if (status.State == DependencyStatus.Up || attempts == plan.MostAttempts)
            {
                return status;
            }

            try
            {
                await Task.Delay(Backoff.Delay(plan.Retry, attempts), time, either.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                return status;
            }
        }
    }

    /// <summary>Asks, unless it is away and its wait is not over.</summary>
    public Task<DependencyStatus> CheckWhenDueAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_status.State == DependencyStatus.Away && time.GetTimestamp() < _notBefore)
            {
                return Task.FromResult(_status);
            }
        }

        return CheckAsync(atMost, cancellationToken);
    }

    /// <summary>Asks once.</summary>
    public async Task<DependencyStatus> CheckAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        _firstAt ??= time.GetTimestamp();
        var fault = default(DependencyFault);
        var answer = default(ProbeAnswer);
        using var timeout = new CancellationTokenSource(atMost, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            answer = await probe.AskAsync(either.Token).ConfigureAwait(false);
            Timing = answer.Timing;
            (_answerBefore, _answer) = (_answer, answer);
        }
        catch (Exception e) when (IsFromOutside(e))
        {
            // A wait that is over lets the last attempt end with the cause that was seen before it.
            var isCut = e is OperationCanceledException && !timeout.IsCancellationRequested;
            if (isCut && Status.Cause is not null)
            {
                return Status;
            }

            fault = DependencyFaults.Of(e, probe.Target);
        }

        await breaker.NoteAsync(fault?.What).ConfigureAwait(false);
        return Note(fault, answer?.Version);
    }

    private TimeSpan Shorter(Func<ProbeAnswer, TimeSpan> part) =>
        _answer is { } last && _answerBefore is { } before
            ? TimeSpan.FromTicks(Math.Min(part(last).Ticks, part(before).Ticks))
            : TimeSpan.Zero;

    private static bool IsFromOutside(Exception error) =>
        DatabaseErrors.IsFromDatabase(error)
        || error is HttpRequestException or OperationCanceledException;

    private DependencyStatus Note(DependencyFault? fault, string? version)
    {
        DependencyStatus before, now;
        lock (_gate)
        {
            Fault = fault;
            _failures = fault is null ? 0 : _failures + 1;
            _notBefore = time.GetTimestamp()
                + (long)(Backoff.Delay(plan.Retry, Math.Max(1, _failures)).TotalSeconds * time.TimestampFrequency);
            (before, now) = (_status, _status with
            {
                State = fault is null ? DependencyStatus.Up : DependencyStatus.Away,
                Cause = fault?.Cause,
                Message = fault?.ToString() ?? "",
                Version = version ?? _status.Version,
                Attempts = _status.Attempts + 1,
                Waited = _firstAt is { } first ? Math.Round(time.GetElapsedTime(first).TotalSeconds, 3) : 0,
            });
            _status = now;
        }

        Tell(before, now);
        return now;
    }

    private void Tell(DependencyStatus before, DependencyStatus now)
    {
        if (before.State == now.State && before.Cause == now.Cause)
        {
            return;
        }

        if (now.State == DependencyStatus.Up)
        {
            LogUp(plan.Name, now.Kind, now.Target, now.Attempts);
        }
        else if (plan.Required)
        {
            LogAway(plan.Name, now.Kind, now.Cause, now.Message);
        }
        else
        {
            LogWithout(plan.Name, now.Kind, now.Cause, now.Message);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Information, Message = "{Name}, a {Kind} at {Target}, is up; attempts: {Attempts}.")]
    private partial void LogUp(string name, string kind, string target, int attempts);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Name}, a required {Kind}, is away ({Cause}): {Reason}")]
    private partial void LogAway(string name, string kind, string? cause, string reason);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "{Name}, an optional {Kind}, is away ({Cause}) and will be picked up later: {Reason}")]
    private partial void LogWithout(string name, string kind, string? cause, string reason);
}
