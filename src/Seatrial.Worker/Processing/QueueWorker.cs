namespace Seatrial.Worker.Processing;

/// <summary>Works on one queue, in lanes side by side.</summary>
internal sealed class QueueWorker(RecordQueue queue, QueueHandler handler, WakeUp wakeUp, WorkerContext context)
{
    /// <summary>Until the drain is through; a bug in one lane ends all.</summary>
    public async Task RunAsync()
    {
        var marks = new Watermarks(context.Time);
        using var claimer = new Claimer(queue, handler.Queue, marks, wakeUp, context);
        using var broken = CancellationTokenSource.CreateLinkedTokenSource(context.Drain.Stopping);
        var lanes = new List<Task>();
        for (var lane = 0; lane < context.Config.Concurrency; lane++)
        {
            var committer = new BatchCommitter(queue, handler, marks, context);
            lanes.Add(new Lane(claimer, new BatchHandler(handler, context), committer, context).RunAsync(broken.Token));
        }

        await Task.WhenAny(lanes).ConfigureAwait(false);
        await broken.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(lanes).ConfigureAwait(false);
    }
}
