using Seatrial.Worker.Processing;

namespace Seatrial.Worker.Hosting;

/// <summary>What else a flow wants of a queue.</summary>
/// <typeparam name="TPayload">What the flow reads from the row's JSON.</typeparam>
public sealed class QueueBuilder<TPayload>
{
    private readonly Action<Func<QueueHandler, QueueHandler>> _change;
    private readonly Action _takeIn;

    internal QueueBuilder(Action<Func<QueueHandler, QueueHandler>> change, Action takeIn)
    {
        _change = change;
        _takeIn = takeIn;
    }

    /// <summary>
    /// Answers <c>POST /records</c>, with one record or an array of them for this queue: 202 with their ids, or a
    /// status that says which of them can't be taken and why. A flow takes in for one queue.
    /// </summary>
    public QueueBuilder<TPayload> TakeInOverHttp()
    {
        _takeIn();
        return this;
    }

    /// <summary>
    /// SQL that lands with the records or not at all: called once a batch, in the completing transaction, with the
    /// records that this worker still holds. Lock rows in one order everywhere; another batch may be doing the same.
    /// </summary>
    public QueueBuilder<TPayload> Completing(Func<CompletingBatch<TPayload>, CancellationToken, Task> completingAsync)
    {
        ArgumentNullException.ThrowIfNull(completingAsync);
        _change(handler => handler.Completing(completingAsync));
        return this;
    }
}
