using System.Reflection;
using System.Text.Json.Serialization.Metadata;
using Seatrial.Worker.Http;
using Seatrial.Worker.Processing;

namespace Seatrial.Worker.Hosting;

/// <summary>What a flow's program says of itself.</summary>
public sealed class WorkerBuilder
{
    private readonly Dictionary<string, QueueHandler> _handlers = new(StringComparer.Ordinal);
    private readonly List<Assembly> _schemas = [typeof(WorkerBuilder).Assembly];

    private string? _takesIn;
    private bool _servesRecords;
    private (string Relation, IReadOnlyList<string> Order)? _results;

    internal ServedFlow Served => new()
    {
        TakesIn = _takesIn is null ? null : _handlers[_takesIn],
        Records = _servesRecords,
        Results = _results,
    };

    internal IReadOnlyCollection<QueueHandler> Handlers => _handlers.Values;

    internal IReadOnlyList<Assembly> Schemas => _schemas;

    /// <summary>Works on a queue's records with code that waits for something. A queue has one handler.</summary>
    /// <param name="queue">The queue's name.</param>
    /// <param name="payload">How the row's JSON is read; what can't be read is dead at once.</param>
    /// <param name="handleAsync">Called for one record after the other of a batch, and for several batches at once (as
    /// many as <c>CONTAINER_WORKER__CONCURRENCY</c> says): what it shares between calls must bear that. What it throws
    /// costs that record an attempt. Its token is cancelled when the lease is about to end, and when the worker's drain
    /// runs out of time.</param>
    public QueueBuilder<TPayload> Handle<TPayload>(
        string queue,
        JsonTypeInfo<TPayload> payload,
        Func<Record<TPayload>, CancellationToken, ValueTask<Outcome>> handleAsync)
    {
        ArgumentException.ThrowIfNullOrEmpty(queue);
        ArgumentNullException.ThrowIfNull(payload);
        ArgumentNullException.ThrowIfNull(handleAsync);
        if (!_handlers.TryAdd(queue, QueueHandler.Create(queue, payload, handleAsync)))
        {
            throw new ArgumentException($"The queue '{queue}' has a handler already.", nameof(queue));
        }

        return new QueueBuilder<TPayload>(
            change => _handlers[queue] = change(_handlers[queue]),
            () => _takesIn = _takesIn is null || _takesIn == queue
                ? queue
                : throw new InvalidOperationException($"The flow takes in for the queue '{_takesIn}' already."));
    }

    /// <summary>Works on a queue's records with code that only computes. A queue has one handler.</summary>
    /// <param name="queue">The queue's name.</param>
    /// <param name="payload">How the row's JSON is read; what can't be read is dead at once.</param>
    /// <param name="handle">Called for one record after the other of a batch, and for several batches at once (as many
    /// as <c>CONTAINER_WORKER__CONCURRENCY</c> says): what it shares between calls must bear that. What it throws costs
    /// that record an attempt.</param>
    public QueueBuilder<TPayload> Handle<TPayload>(
        string queue, JsonTypeInfo<TPayload> payload, Func<Record<TPayload>, Outcome> handle)
    {
        ArgumentNullException.ThrowIfNull(handle);
        return Handle(queue, payload, (record, _) => ValueTask.FromResult(handle(record)));
    }

    /// <summary>
    /// Brings the flow's own tables up to date before the first claim: from the assembly's embedded resources named
    /// <c>schema/*.sql</c>, each once, in the order of their names.
    /// </summary>
    public WorkerBuilder UseSchema(Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        _schemas.Add(assembly);
        return this;
    }

    /// <summary>Answers <c>GET /records/KEY</c>: where the records of a key stand, in all queues of the
    /// database.</summary>
    public WorkerBuilder ServeRecords()
    {
        _servesRecords = true;
        return this;
    }

    /// <summary>Answers <c>GET /results</c> with the rows of a table or view, a page after the other.</summary>
    /// <param name="relation">Its name, as SQL writes it: <c>rpa.published</c>.</param>
    /// <param name="order">The columns that name a row, in the order of the pages; none of them null.</param>
    public WorkerBuilder ServeResults(string relation, params IReadOnlyList<string> order)
    {
        ArgumentException.ThrowIfNullOrEmpty(relation);
        ArgumentNullException.ThrowIfNull(order);
        _results = order.Count > 0
            ? (relation, order)
            : throw new ArgumentException("Pages need an order. fix: name the columns of the key.", nameof(order));
        return this;
    }
}
