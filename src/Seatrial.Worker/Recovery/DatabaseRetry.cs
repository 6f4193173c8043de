using Microsoft.Extensions.Logging;
using Seatrial.Worker.Configuration;

namespace Seatrial.Worker.Recovery;

/// <summary>Repeats what the database refused, with growing waits, until it succeeds or is no longer wanted.</summary>
internal sealed partial class DatabaseRetry(RetryConfig retry, TimeProvider time, ILogger logger)
{
    public async Task<T> RunAsync<T>(
        string what, Func<CancellationToken, Task<T>> action, CancellationToken cancellationToken)
    {
        for (var failures = 0; ; failures++)
        {
            try
            {
                var result = await action(cancellationToken).ConfigureAwait(false);
                if (failures > 0)
                {
                    LogBack(what, failures);
                }

                return result;
            }
            catch (Exception e) when (DatabaseErrors.IsFromDatabase(e))
            {
                cancellationToken.ThrowIfCancellationRequested();
                var delay = Backoff.Delay(retry, failures + 1);
                if (failures == 0)
                {
                    LogAway(what, e.Message, delay);
                }
                else
                {
                    LogStillAway(what, failures + 1, e.Message, delay);
                }

                await Task.Delay(delay, time, cancellationToken).ConfigureAwait(false);
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
