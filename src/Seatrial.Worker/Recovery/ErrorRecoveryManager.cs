using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Seatrial.Wire;
using Seatrial.Worker.Configuration;
using Seatrial.Worker.Dependencies;

namespace Seatrial.Worker.Recovery;

/// <summary>Decides what an error means for the container, says why, and does it.</summary>
public sealed partial class ErrorRecoveryManager
{
    // Of SQLite and of Linux.
    private const int SqliteFull = 13;
    private const int NoSpace = 28;

    private readonly Alerts _alerts;
    private readonly Action _makeRoom;
    private readonly ILogger _logger;

    internal ErrorRecoveryManager(Alerts alerts, Action makeRoom, ILogger logger)
    {
        _alerts = alerts;
        _makeRoom = makeRoom;
        _logger = logger;
    }

    /// <summary>What is depended on; null before the configuration could be used.</summary>
    internal ServiceOrchestrator? Services { get; set; }

    /// <summary>A faulty configuration ends the start: every fault is logged with its correction.</summary>
    public RecoveryAction HandleConfigurationError(ConfigurationException error)
    {
        ArgumentNullException.ThrowIfNull(error);
        ConfigurationLog.Write(_logger, error.Problems);
        return Decided(new RecoveryAction(Alert.Configuration, RecoveryAction.Stop, error.Message, TimeSpan.Zero));
    }

    /// <summary>
    /// Looks whether the service is back, which its circuit breaker is told, and decides what to do if not.
    /// </summary>
    /// <exception cref="ArgumentException">Nothing of that name is configured.</exception>
    public async Task<RecoveryAction> HandleServiceErrorAsync(
        string service, Exception error, CancellationToken cancellationToken = default)
    {
        var services = Services
            ?? throw new ArgumentException($"'{service}' is not configured yet.", nameof(service));
        var action = await services.HandleServiceFailureAsync(service, error, cancellationToken).ConfigureAwait(false);
        return CircuitBreakerFor(service) is { State: not CircuitBreaker.Closed } breaker
            ? action with { Reason = $"{action.Reason} Its circuit breaker is {breaker.State}." }
            : action;
    }

    /// <summary>
    /// A payload that can't be read costs its record alone; a full disk has room made; what comes from the database or
    /// the network passes; the rest is a bug or the end of the memory, which the container is stopped for after an
    /// alert, to be started again with its state from disk and database.
    /// </summary>
    public async Task<RecoveryAction> HandleRuntimeErrorAsync(
        Exception error, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(error);
        cancellationToken.ThrowIfCancellationRequested();
        var reason = $"{error.GetType().Name}: {error.Message}";
        switch (error)
        {
            case JsonException:
                return Decided(new RecoveryAction(Alert.Runtime, RecoveryAction.Isolate, reason, TimeSpan.Zero));
            case SqliteException { SqliteErrorCode: SqliteFull } or IOException { HResult: NoSpace }:
                _makeRoom();
                return Decided(new RecoveryAction(Alert.Runtime, RecoveryAction.FreeDisk, reason, TimeSpan.Zero));
            case Exception when DatabaseErrors.IsFromDatabase(error) && DatabaseErrors.IsTransient(error):
                return Decided(new RecoveryAction(
                    Alert.Runtime, RecoveryAction.Retry, reason, Backoff.Delay(new RetryConfig(), failures: 1)));
            default:
                await StopAsync(Alert.Runtime, reason, ContainerExitCodes.Software).ConfigureAwait(false);
                return new RecoveryAction(Alert.Runtime, RecoveryAction.Stop, reason, TimeSpan.Zero);
        }
    }

    /// <summary>Of a configured database or service, or null where there is none of that name.</summary>
    public CircuitBreaker? CircuitBreakerFor(string service) => Services?.Breakers.Find(service);

    /// <summary>
    /// The same as <see cref="HandleConfigurationError"/>, with the alert before the end; returns the exit code.
    /// </summary>
    internal Task<int> StopAsync(ConfigurationException error)
    {
        ConfigurationLog.Write(_logger, error.Problems);
        var faults = string.Join(' ', error.Problems.Where(problem => problem.IsError));
        return StopAsync(Alert.Configuration, faults, ContainerExitCodes.Configuration);
    }

    /// <summary>What can't be mended here ends the container, after an alert; returns the exit code.</summary>
    internal async Task<int> StopAsync(string category, string reason, int exitCode)
    {
        await _alerts.SendAsync(category, reason, exitCode).ConfigureAwait(false);
        Decided(new RecoveryAction(category, RecoveryAction.Stop, reason, TimeSpan.Zero));
        return exitCode;
    }

    private RecoveryAction Decided(RecoveryAction action)
    {
        LogDecision(action.Service, action.Decision, action.Reason);
        return action;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Error of {Category}: {Decision}, because: {Reason}")]
    private partial void LogDecision(string category, string decision, string reason);
}
