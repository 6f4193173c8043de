namespace Seatrial.Worker.Processing;

/// <summary>
/// Takes batches of a queue for its lanes, from rows and chunks in turn. While there is nothing, one lane looks for all.
/// </summary>
internal sealed class Claimer(
    RecordQueue queue, string name, Watermarks marks, WakeUp wakeUp, WorkerContext context) : IDisposable
{
    // Where both stores have work, the other one gets every eighth claim.
    private const int OtherEvery = 8;

    private readonly SemaphoreSlim _looking = new(1);
    private int _requests;
    private volatile int _store = (int)RecordStore.Rows;

    /// <summary>What to take along with a commit.</summary>
    public ClaimRequest Next()
    {
        var store = (RecordStore)_store;
        return Request(Interlocked.Increment(ref _requests) % OtherEvery == 0 ? Other(store) : store, false);
    }

    /// <summary>Where a request brought nothing, the next one asks the other store.</summary>
    public void Came(ClaimRequest request, LeasedBatch? batch)
    {
        if (batch is null && request.Store == (RecordStore)_store)
        {
            _store = (int)Other(request.Store);
        }
    }

    /// <summary>What is due now, wherever it lies, or null.</summary>
    public async Task<LeasedBatch?> TryAsync(CancellationToken stopping)
    {
        var store = (RecordStore)_store;
        foreach (var one in new[] { store, Other(store) })
        {
            if (await ClaimAsync(Request(one, fromTheFront: true), stopping).ConfigureAwait(false) is { } batch)
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

    private ClaimRequest Request(RecordStore store, bool fromTheFront) => new()
    {
        Queue = name,
        Store = store,
        Limit = context.Config.BatchSize,
        Lease = context.Config.Lease,
        Since = marks.Of(store, fromTheFront),
    };

    // A claim on its way is not cut off by the drain: it may have taken records already.
    private Task<LeasedBatch?> ClaimAsync(ClaimRequest request, CancellationToken stopping) => context.Retry.RunAsync(
        $"claim records of {name}",
        _ =>
        {
            stopping.ThrowIfCancellationRequested();
            return queue.ClaimAsync(request, marks, context.Drain.End);
        },
        stopping);
}
