using Microsoft.Extensions.Logging;
using Seatrial.Worker.Recovery;

namespace Seatrial.Worker.Processing;

/// <summary>
/// Brings endings to the database: repeated until it answers, whatever became of the lease (the fence decides, and a
/// repetition of what had landed finds nothing to do), and split where a record can't be stored, until that one is
/// alone.
/// </summary>
internal sealed partial class BatchCommitter(
    RecordQueue queue, QueueHandler handler, Watermarks marks, WorkerContext context)
{
    private readonly ILogger _logger = context.Logger;

    /// <summary>
    /// Ends the batch, and takes the next in the same transaction where that goes. Null when nothing was taken: for
    /// want of records, or because the batch went a longer way.
    /// </summary>
    public async Task<LeasedBatch?> CommitAsync(HandledBatch batch, ClaimRequest? claim)
    {
        while (true)
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(context.Drain.End);
            using var timer = context.Journal is null
                ? null
                : new CancellationTokenSource(context.Config.JournalAfter, context.Time);
            await using var registration = (timer?.Token ?? default).Register(patience.Cancel).ConfigureAwait(false);
            try
            {
                return await CommitOrSplitAsync(batch, claim, patience.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (patience.IsCancellationRequested)
            {
                // What may have landed lands once: the fence of an ended record is no longer held.
                // And what may have been taken along is not taken again: it would wait for the end of its lease.
                claim = null;
                if (context.Journal?.TryAppend(JournalEntry.Of(handler.Queue, context.Owner, batch)) == true)
                {
                    return null;
                }

                if (context.Drain.End.IsCancellationRequested)
                {
                    LogLeft(batch.Records.Count, handler.Queue);
                    return null;
                }
            }
        }
    }

    /// <summary>The same with no way out but success and cancellation.</summary>
    public Task CommitAsync(HandledBatch batch, CancellationToken cancellationToken) =>
        CommitOrSplitAsync(batch, claim: null, cancellationToken);

    private async Task<LeasedBatch?> CommitOrSplitAsync(
        HandledBatch batch, ClaimRequest? claim, CancellationToken cancellationToken)
    {
        var (next, refusal) = await TryCommitAsync(batch, claim, cancellationToken).ConfigureAwait(false);
        if (refusal is not null)
        {
            await SplitAsync(batch, refusal, cancellationToken).ConfigureAwait(false);
        }

        return next;
    }

    /// <summary>The records of a chunk go on by themselves; of others the halves, down to the one.</summary>
    private async Task SplitAsync(HandledBatch batch, Exception refusal, CancellationToken cancellationToken)
    {
        if (batch.Lease.Chunk is not null)
        {
            LogApart(refusal, handler.Queue, batch.Records.Count);
            var apart = batch.Records.Select(record => record with { Ending = new Ending.Apart() });
            await TryCommitAsync(batch with { Records = [.. apart] }, null, cancellationToken).ConfigureAwait(false);
            return;
        }

        if (batch.Records.Count == 1)
        {
            var claimed = batch.Records[0].Claimed;
            LogRefused(refusal, handler.Queue, claimed.Id, claimed.Key);
            var failed = new HandledRecord(claimed, null, Ending.OfFailure(claimed, refusal, context.Config));
            await TryCommitAsync(batch with { Records = [failed] }, null, cancellationToken).ConfigureAwait(false);
            return;
        }

        var middle = batch.Records.Count / 2;
        foreach (var half in new[] { batch.Records.Take(middle), batch.Records.Skip(middle) })
        {
            var part = batch with { Records = [.. half] };
            var (_, again) = await TryCommitAsync(part, null, cancellationToken).ConfigureAwait(false);
            if (again is not null)
            {
                await SplitAsync(part, again, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Returns what the database said where a repetition would not help.</summary>
    private async Task<(LeasedBatch? Next, Exception? Refusal)> TryCommitAsync(
        HandledBatch batch, ClaimRequest? claim, CancellationToken cancellationToken)
    {
        var first = true;
        var (exchange, refusal) = await context.Retry
            .RunAsync(
                $"complete records of {handler.Queue}",
                token =>
                {
                    // Not again what may have been taken already: it would wait for the end of its lease.
                    var wanted = first ? claim : null;
                    first = false;
                    return EndAsync(batch, wanted, token);
                },
                cancellationToken)
            .ConfigureAwait(false);
        if (refusal is null)
        {
            Count(batch.Records, exchange.Ended);
        }

        return (exchange.Next, refusal);
    }

    private async Task<(Exchange Exchange, Exception? Refusal)> EndAsync(
        HandledBatch batch, ClaimRequest? claim, CancellationToken cancellationToken)
    {
        try
        {
            return handler.CompletingAsync is { } completingAsync
                ? (new Exchange(
                    await queue.EndAsync(batch, completingAsync, cancellationToken).ConfigureAwait(false), null), null)
                : (await queue.ExchangeAsync(batch, claim, marks, cancellationToken).ConfigureAwait(false), null);
        }
        catch (Exception e) when (!DatabaseErrors.IsTransient(e) && !cancellationToken.IsCancellationRequested)
        {
            return (new Exchange(new HashSet<long>(), null), e);
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

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The database refused the outcome of a chunk of {Queue}: its {Records} records go on by themselves.")]
    private partial void LogApart(Exception exception, string queue, int records);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Queue}'s record {Record} ({Key}) is dead: {Error}")]
    private partial void LogDead(string queue, long record, string key, string error);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Wrote nothing for {Records} records of {Queue}: others had taken them over.")]
    private partial void LogStale(int records, string queue);
}
