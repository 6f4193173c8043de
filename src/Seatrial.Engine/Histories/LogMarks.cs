using System.Collections.Concurrent;

namespace Seatrial.Engine.Histories;

/// <summary>The judge's own marks in the log, each waited for by who wrote it.</summary>
internal sealed class LogMarks
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _awaited = [];

    /// <summary>Ends when the mark has come through the log; to be called before it is written.</summary>
    public Task AwaitAsync(string mark) => _awaited
        .GetOrAdd(mark, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>The last mark that came.</summary>
    public void See(string? mark)
    {
        if (mark is not null && _awaited.TryRemove(mark, out var awaited))
        {
            awaited.TrySetResult();
        }
    }
}
