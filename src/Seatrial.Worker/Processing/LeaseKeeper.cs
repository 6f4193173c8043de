using Microsoft.Extensions.Logging;
using Seatrial.Worker.Recovery;

namespace Seatrial.Worker.Processing;

/// <summary>
/// Renews the leases of batches that are held for long. What it can't renew stops by itself before its lease ends.
/// </summary>
internal sealed partial class LeaseKeeper(RecordQueue queue, WorkerContext context)
{
    private readonly ILogger _logger = context.Logger;

    // Twice within a lease, so that one failure does not lose it.
    private readonly TimeSpan _period = context.Config.Lease / 3;

    /// <summary>Until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(_period / 2, context.Time);
        while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
        {
            foreach (var batch in context.Held.Batches.Where(
                batch => context.Time.GetElapsedTime(batch.AskedAt) >= _period))
            {
                await RenewAsync(batch, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task RenewAsync(LeasedBatch batch, CancellationToken cancellationToken)
    {
        try
        {
            await queue.RenewAsync(batch, context.Config.Lease, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (DatabaseErrors.IsFromDatabase(e) && !cancellationToken.IsCancellationRequested)
        {
            LogNotRenewed(batch.Records.Count, e.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Could not renew the lease of {Records} records: {Cause}")]
    private partial void LogNotRenewed(int records, string cause);
}
