using Seatrial.Worker.Processing;

namespace Seatrial.Worker.Hosting;

/// <summary>What else a flow wants of a queue.</summary>
/// <typeparam name="TPayload">What the flow reads from the row's JSON.</typeparam>
public sealed class QueueBuilder<TPayload>
{
    private readonly Action<Func<QueueHandler, QueueHandler>> _change;

    internal QueueBuilder(Action<Func<QueueHandler, QueueHandler>> change)
    {
        _change = change;
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
