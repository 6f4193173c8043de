using Npgsql;
using Seatrial.Worker.Processing;

namespace Seatrial.Worker.Tests.Processing;

/// <summary>What one worker would do with a queue, step by step, without its loops.</summary>
internal sealed class TestOwner(RecordQueue queue)
{
    private readonly Watermarks _marks = new(TimeProvider.System);

    public Task<LeasedBatch?> ClaimAsync(
        string name, int limit, TimeSpan lease, RecordStore store = RecordStore.Rows) =>
        queue.ClaimAsync(Claim(name, limit, lease, store), _marks, TestQueue.Cancellation);

    public ClaimRequest Claim(string name, int limit, TimeSpan lease, RecordStore store = RecordStore.Rows) => new()
    {
        Queue = name,
        Store = store,
        Limit = limit,
        Lease = lease,
        Since = _marks.Of(store, fromTheFront: true).Since,
        FromTheFront = true,
    };

    /// <summary>Ends each record of a batch by itself.</summary>
    public Task<IReadOnlySet<long>> EndAsync(
        LeasedBatch batch,
        Func<ClaimedRecord, Ending> ending,
        Func<NpgsqlConnection, IEnumerable<object>, CancellationToken, Task>? completingAsync = null)
    {
        var handled = new HandledBatch(
            batch, [.. batch.Records.Select(record => new HandledRecord(record, record.Key, ending(record)))]);
        return completingAsync is null
            ? EndAsync(handled)
            : queue.EndAsync(handled, completingAsync, TestQueue.Cancellation);
    }

    /// <summary>Ends a batch and claims the next in one transaction.</summary>
    public Task<Exchange> ExchangeAsync(LeasedBatch batch, Ending ending, ClaimRequest claim) => queue.ExchangeAsync(
        new HandledBatch(batch, [.. batch.Records.Select(record => new HandledRecord(record, record.Key, ending))]),
        claim,
        _marks,
        TestQueue.Cancellation);

    public Task RenewAsync(LeasedBatch batch, TimeSpan lease) =>
        queue.RenewAsync(batch, lease, TestQueue.Cancellation);

    public Task<IReadOnlyDictionary<string, int>> ExpireAsync(TimeSpan grace = default) =>
        queue.ExpireAsync(10, grace, TestQueue.Cancellation);

    private async Task<IReadOnlySet<long>> EndAsync(HandledBatch handled) =>
        (await queue.ExchangeAsync(handled, claim: null, _marks, TestQueue.Cancellation)).Ended;
}
