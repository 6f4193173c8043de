using Microsoft.Extensions.Logging;
using Seatrial.Worker.Configuration;

namespace Seatrial.Worker.Recovery;

/// <summary>
/// Repeats what the database refused, with growing waits, until it succeeds or is no longer wanted. While the database
/// is away one attempt at a time asks it, and the first that succeeds lets all go on.
/// </summary>
internal sealed partial class DatabaseRetry(RetryConfig retry, CircuitBreaker breaker, ILogger logger)
{
    public async Task<T> RunAsync<T>(
        string what, Func<CancellationToken, Task<T>> action, CancellationToken cancellationToken)
    {
        var failures = 0;
        while (true)
        {
            try
            {
                var result = await breaker.RunAsync(action, cancellationToken).ConfigureAwait(false);
                if (failures > 0)
                {
                    LogBack(what, failures);
                }

                return result;
            }
            catch (CircuitOpenException e)
            {
                var pause = e.RetryAfter > TimeSpan.Zero ? e.RetryAfter : retry.FirstDelay;
                await breaker.WaitAsync(pause, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (DatabaseErrors.IsFromDatabase(e))
            {
                cancellationToken.ThrowIfCancellationRequested();
                var delay = Backoff.Delay(retry, ++failures);
                if (failures == 1)
                {
                    LogAway(what, e.Message, delay);
                }
                else
                {
                    LogStillAway(what, failures, e.Message, delay);
                }

                await breaker.WaitAsync(delay, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Could not {What}: {Cause} Trying again in {Delay}.")]
    private partial void LogAway(string what, string cause, TimeSpan delay);

    [LoggerMessage(
        Level = LogLevel.Debug, Message = "Could not {What} for the {Failures}th time: {Cause} Next in {Delay}.")]
    private partial void LogStillAway(string what, int failures, string cause, TimeSpan delay);

    [LoggerMessage(Level = LogLevel.Information, Message = "Could {What} again after {Failures} failures.")]
    private partial void LogBack(string what, int failures);
}
