using System.Threading.Channels;

namespace Seatrial.Engine.Workloads;

/// <summary>A batch with the instants at which its records were due, and the one at which it was sent.</summary>
public sealed record SentBatch(
    IReadOnlyList<WorkloadRecord> Records, IReadOnlyList<DateTimeOffset> Due, DateTimeOffset SentAt);

/// <summary>
/// Puts records in when their plan says so, whatever became of those before: an open load, whose latency is counted
/// from when a record was due. Several connections take turns at waiting for the next one that is; each takes what is
/// due by then, so that a slow commit makes later batches larger rather than later.
/// </summary>
/// <remarks>Why the plan and not the sending: G. Tene, wrk2, "Coordinated Omission".</remarks>
public sealed class OpenLoopLoader(IRecordLoader loader, TimeProvider clock) : IDisposable
{
    private const int MostInBatch = 500;

    /// <summary>Records that come closer together than this go in together: well below what can be told apart from
    /// outside, and it spares the database hundreds of transactions a second.</summary>
    private static readonly TimeSpan _together = TimeSpan.FromMilliseconds(2);

    private readonly SemaphoreSlim _turn = new(1);
    private long _next;
    private bool _isEmpty;

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    /// <summary>Runs a plan to its end.</summary>
    /// <param name="plan">What is due when.</param>
    /// <param name="zero">When the plan begins.</param>
    /// <param name="records">Where they come from; the plan ends early when there are no more.</param>
    /// <param name="sending">Told of each batch before it is sent.</param>
    /// <param name="enough">Ends the plan early; what was sent is told to the end.</param>
    /// <param name="cancellationToken">Ends it; what is under way is lost.</param>
    public async IAsyncEnumerable<(SentBatch Sent, InsertedBatch Inserted)> RunAsync(
        ArrivalPlan plan,
        DateTimeOffset zero,
        IEnumerator<WorkloadRecord> records,
        Action<SentBatch> sending,
        CancellationToken enough,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var told = Channel.CreateUnbounded<(SentBatch, InsertedBatch)>(
            new UnboundedChannelOptions { SingleReader = true });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var senders = Enumerable.Range(0, loader.MostAtOnce).Select(_ => SendAsync()).ToArray();
        _ = CompleteAsync();
        try
        {
            await foreach (var one in told.Reader.ReadAllAsync(cancellationToken))
            {
                yield return one;
            }
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll(senders).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        async Task SendAsync()
        {
            try
            {
                while (await TakeAsync(plan, zero, records, enough, stop.Token) is { } batch)
                {
                    sending(batch);
                    var inserted = await loader.InsertAsync([.. batch.Records], stop.Token);
                    await told.Writer.WriteAsync((batch, inserted), stop.Token);
                }
            }
            catch
            {
                // What is wrong with one batch does not wait for the plan's end.
                await stop.CancelAsync();
                throw;
            }
        }

        async Task CompleteAsync()
        {
            try
            {
                await Task.WhenAll(senders);
                told.Writer.Complete();
            }
            catch (Exception failure) when (told.Writer.TryComplete(failure))
            {
                // Told to the reader.
            }
        }
    }

    /// <summary>Waits for the next record that is due, and takes all that are by then; null at the plan's
    /// end.</summary>
    private async Task<SentBatch?> TakeAsync(
        ArrivalPlan plan,
        DateTimeOffset zero,
        IEnumerator<WorkloadRecord> records,
        CancellationToken enough,
        CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            while (!_isEmpty && _next < plan.Records && !enough.IsCancellationRequested)
            {
                var wait = zero + plan.DueAt(_next) + _together - clock.GetUtcNow();
                if (wait > TimeSpan.Zero)
                {
                    await Task.Delay(wait, clock, cancellationToken);
                }

                // A timer may be early by a tick of the kernel's.
                if (Take(plan, zero, records) is { } batch)
                {
                    return batch;
                }
            }

            return null;
        }
        finally
        {
            _turn.Release();
        }
    }

    private SentBatch? Take(ArrivalPlan plan, DateTimeOffset zero, IEnumerator<WorkloadRecord> records)
    {
        var now = clock.GetUtcNow();
        var taken = new List<WorkloadRecord>();
        var due = new List<DateTimeOffset>();
        while (_next < plan.Records && taken.Count < MostInBatch)
        {
            var at = zero + plan.DueAt(_next);
            if (at > now)
            {
                break;
            }

            if (!records.MoveNext())
            {
                _isEmpty = true;
                break;
            }

            _next++;
            taken.Add(records.Current);
            due.Add(at);
        }

        return taken.Count == 0 ? null : new SentBatch(taken, due, now);
    }
}
