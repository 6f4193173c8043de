namespace Seatrial.Worker.Processing;

/// <summary>
/// Takes batches of a queue for its lanes, from rows and from chunks. While there is nothing, one lane looks for all.
/// </summary>
internal sealed class Claimer(
    RecordQueue queue, string name, Watermarks marks, WakeUp wakeUp, WorkerContext context) : IDisposable
{
    // Where one store has work, the other one is looked at so often.
    private static readonly TimeSpan _otherEvery = TimeSpan.FromMilliseconds(250);

    private readonly SemaphoreSlim _looking = new(1);
    private long _otherAt = context.Time.GetTimestamp();
    private volatile int _store = (int)RecordStore.Rows;

    /// <summary>What to take along with a commit; null while nothing may be taken.</summary>
    public ClaimRequest? Next()
    {
        if (context.Intake.Percent == 0)
        {
            return null;
        }

        var store = (RecordStore)_store;
        if (context.Time.GetElapsedTime(Interlocked.Read(ref _otherAt)) >= _otherEvery)
        {
            Interlocked.Exchange(ref _otherAt, context.Time.GetTimestamp());
            store = Other(store);
        }

        return Request(store, fromTheFront: false);
    }

    /// <summary>Whether there may be more: not where the store that had work has none.</summary>
    public bool MayHaveMore(ClaimRequest request, LeasedBatch? batch) =>
        batch is not null || request.Store != (RecordStore)_store;

    /// <summary>What is due now, wherever it lies, or null.</summary>
    public async Task<LeasedBatch?> TryAsync(CancellationToken stopping)
    {
        var store = (RecordStore)_store;
        (RecordStore Store, bool FromTheFront)[] looks = [(store, false), (store, true), (Other(store), true)];
        foreach (var (one, fromTheFront) in looks)
        {
            if (await ClaimAsync(Request(one, fromTheFront), stopping).ConfigureAwait(false) is { } batch)
            {
                _store = (int)one;
                return batch;
            }
        }

        return null;
    }

    /// <summary>Looks whenever there may be something, until there is.</summary>
    public async Task<LeasedBatch> WaitAsync(CancellationToken stopping)
    {
        await _looking.WaitAsync(stopping).ConfigureAwait(false);
        try
        {
            while (true)
            {
                await context.Intake.OpenAsync(stopping).ConfigureAwait(false);
                if (await TryAsync(stopping).ConfigureAwait(false) is { } batch)
                {
                    return batch;
                }

                await wakeUp.WaitAsync(context.Config.PollInterval, stopping).ConfigureAwait(false);
            }
        }
        finally
        {
            _looking.Release();
        }
    }

    public void Dispose() => _looking.Dispose();

    private static RecordStore Other(RecordStore store) => store switch
    {
        RecordStore.Rows => RecordStore.Chunks,
        RecordStore.Chunks => RecordStore.Rows,
    };

    private ClaimRequest Request(RecordStore store, bool fromTheFront)
    {
        var (since, isFront) = marks.Of(store, fromTheFront);
        return new ClaimRequest
        {
            Queue = name,
            Store = store,
            Limit = Math.Max(1, context.Intake.Limit(context.Config.BatchSize)),
            Lease = context.Config.Lease,
            Since = since,
            FromTheFront = isFront,
        };
    }

    // A claim on its way is not cut off by the drain: it may have taken records already.
    private Task<LeasedBatch?> ClaimAsync(ClaimRequest request, CancellationToken stopping) => context.Retry.RunAsync(
        $"claim records of {name}",
        async _ =>
        {
            stopping.ThrowIfCancellationRequested();
            if (context.Intake.Percent == 0)
            {
                return null;
            }

            var began = context.Time.GetTimestamp();
            var batch = await queue.ClaimAsync(request, marks, context.Drain.End).ConfigureAwait(false);
            context.Progress.ClaimTook(name, context.Time.GetElapsedTime(began));
            return batch;
        },
        stopping);
}
