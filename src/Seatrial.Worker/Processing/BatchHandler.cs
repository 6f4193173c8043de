using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Seatrial.Worker.Telemetry;

namespace Seatrial.Worker.Processing;

/// <summary>
/// Runs a flow's code over a batch; what one record throws is that record's ending and nobody else's.
/// </summary>
internal sealed partial class BatchHandler(QueueHandler handler, WorkerContext context)
{
    private readonly ILogger _logger = context.Logger;

    public async Task<HandledBatch> HandleAsync(LeasedBatch batch)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(batch.EndToken, context.Drain.HandBack);
        var handled = new List<HandledRecord>(batch.Records.Count);
        var begin = !context.Drain.Stopping.IsCancellationRequested;
        foreach (var record in batch.Records)
        {
            handled.Add(begin && !stop.IsCancellationRequested
                ? await HandleAsync(record, stop.Token).ConfigureAwait(false)
                : new HandledRecord(record, null, new Ending.Untouched()));
        }

        return new HandledBatch(batch, handled);
    }

    private async Task<HandledRecord> HandleAsync(ClaimedRecord record, CancellationToken cancellationToken)
    {
        if (record.Payload.Length > context.Config.MaxPayload)
        {
            return new HandledRecord(record, null, Ending.OfSize(record, context.Config));
        }

        using var span = RecordSpans.Start(handler.Queue, record);
        try
        {
            var (typed, outcome) = await handler.HandleAsync(record, cancellationToken).ConfigureAwait(false);
            if (span is not null)
            {
                outcome = outcome with { Trace = RecordSpans.Of(span) };
                span.SetStatus(ActivityStatusCode.Ok);
            }

            return new HandledRecord(record, typed, Ending.Of(outcome));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return new HandledRecord(record, null, new Ending.Untouched());
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            span?.AddException(e).SetStatus(ActivityStatusCode.Error, e.Message);
            LogFailed(e, handler.Queue, record.Id, record.Key, record.Attempt);
            return new HandledRecord(record, null, Ending.OfFailure(record, e, context.Config));
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Queue} failed on record {Record} ({Key}), attempt {Attempt}.")]
    private partial void LogFailed(Exception exception, string queue, long record, string key, int attempt);
}
