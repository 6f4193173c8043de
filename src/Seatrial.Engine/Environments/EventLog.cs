using System.Runtime.CompilerServices;
using Seatrial.Engine.Drivers;

namespace Seatrial.Engine.Environments;

/// <summary>
/// Every event of a run in order, kept for the run's length (an engine keeps its last 256 only), so that each reader sees
/// all of them whenever it begins: a gate can't miss what it waits for.
/// </summary>
internal sealed class EventLog
{
    private readonly Lock _lock = new();
    private readonly List<EngineEvent> _events = [];
    private TaskCompletionSource _grown = New();
    private bool _isComplete;

    /// <summary>Adds one and wakes the readers.</summary>
    public void Append(EngineEvent told)
    {
        lock (_lock)
        {
            _events.Add(told);
            _grown.SetResult();
            _grown = New();
        }
    }

    /// <summary>No event will come any more.</summary>
    public void Complete()
    {
        lock (_lock)
        {
            _isComplete = true;
            _grown.SetResult();
        }
    }

    /// <summary>From the first event on, and those to come.</summary>
    public async IAsyncEnumerable<EngineEvent> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var next = 0; await HasAsync(next, cancellationToken); next++)
        {
            yield return At(next);
        }
    }

    /// <summary>Those of one container, which is waited for: an end without what the reader waits for is a fault.</summary>
    public async IAsyncEnumerable<EngineEvent> ReadAsync(
        string containerId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var told in ReadAsync(cancellationToken))
        {
            if (told.ContainerId == containerId)
            {
                yield return told;
            }
        }

        throw new EndOfStreamException("The engine's events ended while a container was waited for.");
    }

    private async Task<bool> HasAsync(int index, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task grown;
            lock (_lock)
            {
                if (index < _events.Count || _isComplete)
                {
                    return index < _events.Count;
                }

                grown = _grown.Task;
            }

            await grown.WaitAsync(cancellationToken);
        }
    }

    private EngineEvent At(int index)
    {
        lock (_lock)
        {
            return _events[index];
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
