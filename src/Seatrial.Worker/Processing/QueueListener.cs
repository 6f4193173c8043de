using Microsoft.Extensions.Logging;
using Npgsql;
using Seatrial.Wire;
using Seatrial.Worker.Recovery;

namespace Seatrial.Worker.Processing;

/// <summary>
/// Wakes idle workers when records come in. It may miss some (a connection breaks): polling stands behind it.
/// </summary>
internal sealed partial class QueueListener(
    NpgsqlDataSource dataSource, IReadOnlyDictionary<string, WakeUp> wakeUps, DatabaseRetry retry, ILogger logger)
{
    /// <summary>Until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var connection = await retry.RunAsync(
                "listen for records", ListenAsync, cancellationToken).ConfigureAwait(false);
            await using var closing = connection.ConfigureAwait(false);
            try
            {
                while (true)
                {
                    await connection.WaitAsync(cancellationToken).ConfigureAwait(false);
                }
            }
            catch (Exception e) when (DatabaseErrors.IsFromDatabase(e) && !cancellationToken.IsCancellationRequested)
            {
                LogBroken(e.Message);
            }
        }
    }

    private async Task<NpgsqlConnection> ListenAsync(CancellationToken cancellationToken)
    {
        var connection = await dataSource.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            connection.Notification += (_, notification) => wakeUps.GetValueOrDefault(notification.Payload)?.Signal();
            using var listen = new NpgsqlCommand($"listen {QueueSchema.RecordsChannel}", connection);
            await listen.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        // What came in before the server listened was not notified.
        foreach (var wakeUp in wakeUps.Values)
        {
            wakeUp.Signal();
        }

        return connection;
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The connection that listens for records broke: {Cause} Polling until it is back.")]
    private partial void LogBroken(string cause);
}
