using System.Collections.ObjectModel;
using Microsoft.Extensions.Logging;

namespace Seatrial.Worker.Processing;

/// <summary>
/// Returns records whose owner let the lease end: killed, hung, cut off. Every worker does it for every queue, so that
/// a queue whose only worker died is not forgotten.
/// </summary>
internal sealed partial class Reaper(
    RecordQueue queue, IReadOnlyDictionary<string, WakeUp> wakeUps, WorkerContext context)
{
    private const int Limit = 1000;
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);
    private readonly ILogger _logger = context.Logger;

    /// <summary>Until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Period, context.Time);
        do
        {
            var expired = await context.Retry
                .RunAsync("look for ended leases", ExpireAsync, cancellationToken)
                .ConfigureAwait(false);
            foreach (var (name, records) in expired)
            {
                LogExpired(records, name);
                wakeUps.GetValueOrDefault(name)?.Signal();
            }
        }
        while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false));
    }

    // Finished work whose lease ended in an outage goes first: here it would be done again.
    private async Task<IReadOnlyDictionary<string, int>> ExpireAsync(CancellationToken cancellationToken) =>
        context.Journal?.IsBehind == true
            ? ReadOnlyDictionary<string, int>.Empty
            : await queue.ExpireAsync(Limit, cancellationToken).ConfigureAwait(false);

    [LoggerMessage(
        Level = LogLevel.Warning, Message = "Took {Records} records of {Queue} from owners whose lease had ended.")]
    private partial void LogExpired(int records, string queue);
}
