using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Seatrial.Worker.Tests.Hosting;

/// <summary>Keeps what is logged, and lets a test wait for a line.</summary>
internal sealed class LogWatch : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly List<(string Text, TaskCompletionSource Seen)> _waits = [];
    private readonly Lock _gate = new();

    public IReadOnlyCollection<string> Lines => _lines;

    /// <summary>Returns when a line with this text has been logged, before or after the call.</summary>
    public Task SeenAsync(string text)
    {
        lock (_gate)
        {
            var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_lines.Any(line => line.Contains(text, StringComparison.Ordinal)))
            {
                seen.SetResult();
            }

            _waits.Add((text, seen));
            return WaitAsync(seen.Task, text);
        }
    }

    private async Task WaitAsync(Task seen, string text)
    {
        try
        {
            await seen.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"Not logged within a minute: {text}\n{string.Join('\n', _lines)}");
        }
    }

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?,
            string> formatter)
    {
        lock (_gate)
        {
            var line = $"{logLevel}: {formatter(state, exception)}";
            _lines.Enqueue(line);
            foreach (var (text, seen) in _waits)
            {
                if (line.Contains(text, StringComparison.Ordinal))
                {
                    seen.TrySetResult();
                }
            }
        }
    }

    public ILogger CreateLogger(string categoryName) => this;

    public bool IsEnabled(LogLevel logLevel) => true;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public void Dispose()
    {
        // Nothing is held.
    }
}
