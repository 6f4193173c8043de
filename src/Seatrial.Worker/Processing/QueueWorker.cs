using System.Threading.Channels;

namespace Seatrial.Worker.Processing;

/// <summary>
/// Claims, handles and commits at the same time: while one batch is worked on, the next is fetched and the last is
/// written.
/// One batch waits between two steps, no more: what is claimed and not worked on is lost for a lease when the process
/// dies.
/// </summary>
internal sealed class QueueWorker(RecordQueue queue, QueueHandler handler, WakeUp wakeUp, WorkerContext context)
{
    private static readonly BoundedChannelOptions OneWaiting = new(1) { SingleReader = true, SingleWriter = true };

    private readonly Channel<LeasedBatch> _claimed = Channel.CreateBounded<LeasedBatch>(OneWaiting);
    private readonly Channel<HandledBatch> _handled = Channel.CreateBounded<HandledBatch>(OneWaiting);
    private readonly BatchHandler _batchHandler = new(handler, context);
    private readonly BatchCommitter _committer = new(queue, handler, context);

    /// <summary>Until the drain is through; a bug in one step ends all three.</summary>
    public async Task RunAsync()
    {
        using var broken = CancellationTokenSource.CreateLinkedTokenSource(context.Drain.Stopping);
        var steps = new[] { CommitAllAsync(), HandleAllAsync(), ClaimAllAsync(broken.Token) };
        await Task.WhenAny(steps).ConfigureAwait(false);
        await broken.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(steps).ConfigureAwait(false);
    }

    private async Task ClaimAllAsync(CancellationToken stopping)
    {
        try
        {
            while (await _claimed.Writer.WaitToWriteAsync(stopping).ConfigureAwait(false))
            {
                var batch = await ClaimAsync(stopping).ConfigureAwait(false);
                if (batch is null)
                {
                    await wakeUp.WaitAsync(context.Config.PollInterval, stopping).ConfigureAwait(false);
                }
                else if (!_claimed.Writer.TryWrite(batch))
                {
                    throw new InvalidOperationException("There was room for a batch, and then there was not.");
                }
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Asked to end.
        }
        finally
        {
            _claimed.Writer.TryComplete();
        }
    }

    private async Task<LeasedBatch?> ClaimAsync(CancellationToken stopping)
    {
        // A claim on its way is not cut off by the drain: it may have taken records already.
        var batch = await context.Retry.RunAsync(
            $"claim records of {handler.Queue}",
            _ =>
            {
                stopping.ThrowIfCancellationRequested();
                return queue.ClaimAsync(
                    handler.Queue, context.Config.BatchSize, context.Config.Lease, context.Drain.End);
            },
            stopping).ConfigureAwait(false);
        if (batch is not null)
        {
            context.Held.Add(batch);
            context.Progress.CountClaimed(batch.Records.Count);
        }

        return batch;
    }

    private async Task HandleAllAsync()
    {
        try
        {
            await foreach (var batch in _claimed.Reader.ReadAllAsync().ConfigureAwait(false))
            {
                await _handled.Writer.WriteAsync(await _batchHandler.HandleAsync(batch).ConfigureAwait(false))
                    .ConfigureAwait(false);
            }
        }
        finally
        {
            _claimed.Writer.TryComplete();
            _handled.Writer.TryComplete();
        }
    }

    private async Task CommitAllAsync()
    {
        try
        {
            await foreach (var batch in _handled.Reader.ReadAllAsync().ConfigureAwait(false))
            {
                await _committer.CommitAsync(batch).ConfigureAwait(false);
                context.Held.Remove(batch.Lease);
            }
        }
        finally
        {
            _handled.Writer.TryComplete();
        }
    }
}
