using System.Threading.Channels;

namespace Seatrial.Worker.Processing;

/// <summary>
/// One batch is worked on while the one before is committed and the next is taken, these two in one transaction. No
/// more is held: what is claimed and not worked on is lost for a lease when the process dies.
/// </summary>
internal sealed class Lane(Claimer claimer, BatchHandler handler, BatchCommitter committer, WorkerContext context)
{
    private const int MostInFlight = 2;

    private static readonly BoundedChannelOptions _roomForAll =
        new(MostInFlight) { SingleReader = true, SingleWriter = true };

    private readonly Channel<LeasedBatch> _claimed = Channel.CreateBounded<LeasedBatch>(_roomForAll);
    private readonly Channel<HandledBatch> _handled = Channel.CreateBounded<HandledBatch>(_roomForAll);
    private int _inFlight;
    private bool _isHungry = true;

    /// <summary>Until it is stopped and has ended what it holds.</summary>
    public Task RunAsync(CancellationToken stopping) => Task.WhenAll(HandleAllAsync(), ExchangeAllAsync(stopping));

    private async Task HandleAllAsync()
    {
        try
        {
            await foreach (var batch in _claimed.Reader.ReadAllAsync().ConfigureAwait(false))
            {
                await _handled.Writer.WriteAsync(await handler.HandleAsync(batch).ConfigureAwait(false))
                    .ConfigureAwait(false);
            }
        }
        finally
        {
            _handled.Writer.TryComplete();
        }
    }

    private async Task ExchangeAllAsync(CancellationToken stopping)
    {
        try
        {
            while (!stopping.IsCancellationRequested || _inFlight > 0)
            {
                if (_handled.Reader.TryRead(out var handled))
                {
                    await ExchangeAsync(handled, stopping).ConfigureAwait(false);
                }
                else if (_inFlight == MostInFlight || (_inFlight > 0 && !_isHungry) || stopping.IsCancellationRequested)
                {
                    if (!await _handled.Reader.WaitToReadAsync(CancellationToken.None).ConfigureAwait(false))
                    {
                        return;
                    }
                }
                else
                {
                    await TakeAsync(stopping).ConfigureAwait(false);
                }
            }
        }
        finally
        {
            _claimed.Writer.TryComplete();
        }
    }

    private async Task ExchangeAsync(HandledBatch handled, CancellationToken stopping)
    {
        var claim = stopping.IsCancellationRequested ? null : claimer.Next();
        var next = await committer.CommitAsync(handled, claim).ConfigureAwait(false);
        context.Held.Remove(handled.Lease);
        _inFlight--;
        _isHungry = claim is null || claimer.MayHaveMore(claim, next);
        Add(next);
    }

    /// <summary>Looks for a batch, and waits for one if there is nothing else to do.</summary>
    private async Task TakeAsync(CancellationToken stopping)
    {
        using var interrupt = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        try
        {
            var batch = _inFlight == 0
                ? await claimer.WaitAsync(stopping).ConfigureAwait(false)
                : await UntilHandledAsync(claimer.TryAsync(interrupt.Token), interrupt).ConfigureAwait(false);
            _isHungry = batch is not null;
            Add(batch);
        }
        catch (OperationCanceledException) when (interrupt.IsCancellationRequested)
        {
            // Asked to end, or to bring finished work away first.
            _isHungry = false;
        }
    }

    /// <summary>
    /// While the database is away a claim would hold up what is finished, which the journal can take.
    /// </summary>
    private async Task<LeasedBatch?> UntilHandledAsync(Task<LeasedBatch?> taking, CancellationTokenSource interrupt)
    {
        var handled = _handled.Reader.WaitToReadAsync(CancellationToken.None).AsTask();
        if (await Task.WhenAny(taking, handled).ConfigureAwait(false) == handled)
        {
            await interrupt.CancelAsync().ConfigureAwait(false);
        }

        return await taking.ConfigureAwait(false);
    }

    private void Add(LeasedBatch? batch)
    {
        if (batch is null)
        {
            return;
        }

        context.Held.Add(batch);
        context.Progress.CountClaimed(batch.Records.Count);
        _inFlight++;
        if (!_claimed.Writer.TryWrite(batch))
        {
            throw new InvalidOperationException("There was room for a batch, and then there was not.");
        }
    }
}
