using Microsoft.Extensions.Logging;
using Seatrial.Worker.Recovery;

namespace Seatrial.Worker.Processing;

/// <summary>
/// Brings endings to the database: repeated until it answers, whatever became of the lease (the fence decides, and a
/// repetition of what had landed finds nothing to do), and split where a record can't be stored, until that one is
/// alone.
/// </summary>
internal sealed partial class BatchCommitter(RecordQueue queue, QueueHandler handler, WorkerContext context)
{
    private readonly ILogger _logger = context.Logger;

    public async Task CommitAsync(HandledBatch batch)
    {
        try
        {
            await CommitAsync(batch.Records, context.Drain.End).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.Drain.End.IsCancellationRequested)
        {
            LogLeft(batch.Records.Count, handler.Queue);
        }
    }

    private async Task CommitAsync(IReadOnlyList<HandledRecord> records, CancellationToken cancellationToken)
    {
        var refusal = await TryCommitAsync(records, cancellationToken).ConfigureAwait(false);
        if (refusal is null)
        {
            return;
        }

        if (records.Count > 1)
        {
            var half = records.Count / 2;
            await CommitAsync([.. records.Take(half)], cancellationToken).ConfigureAwait(false);
            await CommitAsync([.. records.Skip(half)], cancellationToken).ConfigureAwait(false);
            return;
        }

        var claimed = records[0].Claimed;
        LogRefused(refusal, handler.Queue, claimed.Id, claimed.Key);
        var failed = new HandledRecord(claimed, null, Ending.OfFailure(claimed, refusal, context.Config));
        await TryCommitAsync([failed], cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Returns what the database said where a repetition would not help.</summary>
    private async Task<Exception?> TryCommitAsync(
        IReadOnlyList<HandledRecord> records, CancellationToken cancellationToken)
    {
        var (ended, refusal) = await context.Retry
            .RunAsync($"complete records of {handler.Queue}", token => EndAsync(records, token), cancellationToken)
            .ConfigureAwait(false);
        if (refusal is null)
        {
            Count(records, ended);
        }

        return refusal;
    }

    private async Task<(IReadOnlySet<long> Ended, Exception? Refusal)> EndAsync(
        IReadOnlyList<HandledRecord> records, CancellationToken cancellationToken)
    {
        try
        {
            var ended = await queue.EndAsync(records, handler.CompletingAsync, cancellationToken).ConfigureAwait(false);
            return (ended, null);
        }
        catch (Exception e) when (!DatabaseErrors.IsTransient(e) && !cancellationToken.IsCancellationRequested)
        {
            return (new HashSet<long>(), e);
        }
    }

    private void Count(IReadOnlyList<HandledRecord> records, IReadOnlySet<long> ended)
    {
        context.Progress.CountEnded(records.Count(record =>
            record.Ending is Ending.Done or Ending.Dead && ended.Contains(record.Claimed.Id)));
        context.Progress.CountFailed(records.Count(record => record.Ending is Ending.Retry));
        foreach (var record in records)
        {
            if (record.Ending is Ending.Dead dead && ended.Contains(record.Claimed.Id))
            {
                LogDead(handler.Queue, record.Claimed.Id, record.Claimed.Key, dead.Error);
            }
        }

        if (ended.Count < records.Count)
        {
            context.Progress.CountStale(records.Count - ended.Count);
            LogStale(records.Count - ended.Count, handler.Queue);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message =
        "Left {Records} records of {Queue} to their lease: the drain ended before they could be completed.")]
    private partial void LogLeft(int records, string queue);

    [LoggerMessage(
        Level = LogLevel.Warning, Message = "The database refused the outcome of {Queue}'s record {Record} ({Key}).")]
    private partial void LogRefused(Exception exception, string queue, long record, string key);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Queue}'s record {Record} ({Key}) is dead: {Error}")]
    private partial void LogDead(string queue, long record, string key, string error);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Wrote nothing for {Records} records of {Queue}: others had taken them over.")]
    private partial void LogStale(int records, string queue);
}
