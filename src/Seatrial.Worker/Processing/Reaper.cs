using Microsoft.Extensions.Logging;
using Seatrial.Wire;

namespace Seatrial.Worker.Processing;

/// <summary>
/// Returns records whose owner let the lease end: killed, hung, cut off. Every worker does it for every queue, so that
/// a queue whose only worker died is not forgotten.
/// </summary>
internal sealed partial class Reaper(
    RecordQueue queue, IReadOnlyDictionary<string, WakeUp> wakeUps, WorkerContext context)
{
    private const int Limit = 1000;
    private static readonly TimeSpan _period = TimeSpan.FromSeconds(1);

    // Beyond the longest pause in which those who hold finished work look whether the database is back.
    private static readonly TimeSpan _margin = TimeSpan.FromSeconds(2);

    // Longer than it takes to ask where the circuit breaker is closed.
    private static readonly TimeSpan _atOnce = TimeSpan.FromMilliseconds(100);

    private readonly TimeSpan _grace =
        context.Live.Current.DatabaseConnections[ContainerVariables.QueueDatabase].RetryConfig.MaxDelay + _margin;

    private readonly ILogger _logger = context.Logger;
    private long? _awayAt;

    /// <summary>Until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(_period, context.Time);
        do
        {
            var (attempts, began) = (0, context.Time.GetTimestamp());
            var expired = await context.Retry
                .RunAsync(
                    "look for ended leases",
                    token => ExpireAsync(++attempts > 1 || context.Time.GetElapsedTime(began) > _atOnce, token),
                    cancellationToken)
                .ConfigureAwait(false);
            foreach (var (name, records) in expired)
            {
                LogExpired(records, name);
                wakeUps.GetValueOrDefault(name)?.Signal();
            }
        }
        while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false));
    }

    // Finished work whose lease ended in an outage goes first, this worker's and that of others: here it would be done
    // again. Who could not reach the database supposes that the others could not either.
    private async Task<IReadOnlyDictionary<string, int>> ExpireAsync(bool wasAway, CancellationToken cancellationToken)
    {
        if (wasAway)
        {
            _awayAt = context.Time.GetTimestamp();
        }

        // Asked even where nothing may be taken: an attempt that did not ask would tell that the database is back.
        var mayTake = context.Journal?.IsBehind != true
            && (_awayAt is not { } awayAt || context.Time.GetElapsedTime(awayAt) >= _grace);
        return await queue.ExpireAsync(mayTake ? Limit : 0, _grace, cancellationToken).ConfigureAwait(false);
    }

    [LoggerMessage(
        Level = LogLevel.Warning, Message = "Took {Records} records of {Queue} from owners whose lease had ended.")]
    private partial void LogExpired(int records, string queue);
}
