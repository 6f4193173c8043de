using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Seatrial.Engine.Drivers;

namespace Seatrial.Engine.Environments;

/// <summary>
/// Every event of a run in order, kept for the run's length (an engine keeps its last 256 only), so that each reader
/// sees all of them whenever it begins: a gate can't miss what it waits for.
/// </summary>
internal sealed class EventLog
{
    private readonly Lock _lock = new();
    private readonly List<EngineEvent> _events = [];
    private readonly List<ChannelWriter<EngineEvent>> _readers = [];
    private bool _isComplete;

    /// <summary>Adds one, for present and future readers.</summary>
    public void Append(EngineEvent told)
    {
        lock (_lock)
        {
            _events.Add(told);
            _readers.ForEach(reader => reader.TryWrite(told));
        }
    }

    /// <summary>No event will come any more.</summary>
    public void Complete()
    {
        lock (_lock)
        {
            _isComplete = true;
            _readers.ForEach(reader => reader.TryComplete());
        }
    }

    /// <summary>Those that there are.</summary>
    public IReadOnlyList<EngineEvent> SoFar
    {
        get
        {
            lock (_lock)
            {
                return [.. _events];
            }
        }
    }

    /// <summary>From the first event on, or from a later one, and those to come.</summary>
    public async IAsyncEnumerable<EngineEvent> ReadAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken, int from = 0)
    {
        var events = Channel.CreateUnbounded<EngineEvent>();
        Join(events.Writer, from);
        try
        {
            while (await events.Reader.WaitToReadAsync(cancellationToken))
            {
                while (events.Reader.TryRead(out var told))
                {
                    yield return told;
                }
            }
        }
        finally
        {
            Leave(events.Writer);
        }
    }

    /// <summary>
    /// Those of one container, which is waited for: an end without what the reader waits for is a fault.
    /// </summary>
    public async IAsyncEnumerable<EngineEvent> ReadAsync(
        string containerId, [EnumeratorCancellation] CancellationToken cancellationToken, int from = 0)
    {
        await foreach (var told in ReadAsync(cancellationToken, from))
        {
            if (told.ContainerId == containerId)
            {
                yield return told;
            }
        }

        throw new EndOfStreamException("The engine's events ended while a container was waited for.");
    }

    private void Join(ChannelWriter<EngineEvent> reader, int from)
    {
        lock (_lock)
        {
            _events.Skip(from).ToList().ForEach(told => reader.TryWrite(told));
            _readers.Add(reader);
            if (_isComplete)
            {
                reader.TryComplete();
            }
        }
    }

    private void Leave(ChannelWriter<EngineEvent> reader)
    {
        lock (_lock)
        {
            _readers.Remove(reader);
        }
    }
}
