using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Seatrial.Worker.Configuration;
using Seatrial.Worker.Recovery;

namespace Seatrial.Worker.Prefect;

/// <summary>
/// Tells Prefect what is in the outbox, for as long as the worker lives. While the server is away it is only asked
/// whether it is back, at the intervals of its circuit breaker.
/// </summary>
internal sealed partial class PrefectSync(
    PrefectClient client, Outbox outbox, PrefectConfig config, TimeProvider time, ILogger logger)
{
    private const int RunsSideBySide = 4;

    private static readonly TimeSpan _beat = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _epochEach = TimeSpan.FromSeconds(30);

    private readonly RunDelivery _delivery = new(client, outbox, config, logger);
    private readonly StepConfirmation _confirmation = new(client, outbox, config, logger);
    private readonly ServerEpoch _epoch = new(client, outbox, logger);
    private long _epochCheckedAt;
    private TimeSpan? _retryAfter;
    private bool _isEpochDoubtful;
    private bool _isAwayTold;
    private bool _isDiskTold;

    /// <summary>Whether the server answered last.</summary>
    public bool IsConnected { get; private set; }

    private bool IsBreakerOpen => client.Breaker is not { State: CircuitBreaker.Closed };

    /// <summary>Until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (!await StepAsync(cancellationToken).ConfigureAwait(false))
            {
                await WaitAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Sends what waits, until all of it is sent or the server is away; what fails is tried again.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        while (IsConnected)
        {
            if (!await StepAsync(cancellationToken).ConfigureAwait(false))
            {
                if (!outbox.IsAnyWaiting)
                {
                    return;
                }

                await Task.Delay(config.RetryConfig.FirstDelay, time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Whether something was done, so that there may be more at once.</summary>
    private async Task<bool> StepAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (!IsConnected || _isEpochDoubtful || time.GetElapsedTime(_epochCheckedAt) > _epochEach)
            {
                await ConnectAsync(cancellationToken).ConfigureAwait(false);
            }

            var isBusy = await RoundAsync(cancellationToken).ConfigureAwait(false);
            _isDiskTold = false;
            return isBusy;
        }
        catch (PrefectException e)
        {
            Failed(e);
            return false;
        }
        catch (SqliteException e)
        {
            if (!_isDiskTold)
            {
                LogDisk(outbox.File, e.Message);
                _isDiskTold = true;
            }

            return false;
        }
    }

    private async Task ConnectAsync(CancellationToken cancellationToken)
    {
        await client.CheckReadyAsync(cancellationToken).ConfigureAwait(false);
        await _epoch.CheckAsync(cancellationToken).ConfigureAwait(false);
        _epochCheckedAt = time.GetTimestamp();
        _isEpochDoubtful = false;
        if (!IsConnected)
        {
            IsConnected = true;
            _isAwayTold = false;
            var version = await client.ReadVersionAsync(cancellationToken).ConfigureAwait(false);
            LogConnected(version, config.ApiUrl, outbox.State.Depth);
        }
    }

    private async Task<bool> RoundAsync(CancellationToken cancellationToken)
    {
        var due = outbox.Due(RunsSideBySide);
        var sending = due.Select(run => _delivery.SendAsync(run, cancellationToken)).ToList();
        var all = Task.WhenAll(sending);
        await all.ConfigureAwait(false);
        var confirmed = await _confirmation.ConfirmAsync(cancellationToken).ConfigureAwait(false);
        return due.Count > 0 || confirmed;
    }

    private void Failed(PrefectException e)
    {
        _retryAfter = e.InnerException is CircuitOpenException { RetryAfter: var wait } && wait > TimeSpan.Zero
            ? wait
            : null;
        switch (e.Fault)
        {
            case PrefectFault.Conflict when IsConnected:
                // What was lost is told again; perhaps all was.
                _isEpochDoubtful = true;
                break;
            case PrefectFault.Unauthorised:
                TellAway(() => LogUnauthorised(config.ApiUrl, e.Message, PrefectOptions.Authentication.Variable));
                break;
            default:
                if (!IsConnected || IsBreakerOpen)
                {
                    TellAway(() => LogAway(config.ApiUrl, e.Message, outbox.File));
                }

                break;
        }
    }

    private void TellAway(Action tell)
    {
        IsConnected = false;
        if (!_isAwayTold)
        {
            tell();
            _isAwayTold = true;
        }
    }

    private Task WaitAsync(CancellationToken cancellationToken)
    {
        return IsConnected
            ? outbox.News.WaitAsync(_beat, cancellationToken)
            : Task.Delay(_retryAfter ?? config.RetryConfig.FirstDelay, time, cancellationToken);
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Prefect at {Url} does not answer ({Cause}). Work goes on without it; what it is to be told waits in "
            + "{File}.")]
    private partial void LogAway(Uri url, string cause, string file);

    [LoggerMessage(
        Level = LogLevel.Information, Message = "Prefect {Version} answers at {Url}; {Depth} entries wait for it.")]
    private partial void LogConnected(string version, Uri url, long depth);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Prefect at {Url} does not know this worker: {Cause}  fix: set {Variable}=user:password.")]
    private partial void LogUnauthorised(Uri url, string cause, string variable);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{File} can't be used at the moment: {Cause}")]
    private partial void LogDisk(string file, string cause);
}
