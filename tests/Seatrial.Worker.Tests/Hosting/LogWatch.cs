using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Seatrial.Worker.Tests.Hosting;

/// <summary>Keeps what is logged, and lets a test wait for a line.</summary>
internal sealed class LogWatch : ILoggerProvider, ILogger, ISupportExternalScope
{
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly List<(string Text, int Times, TaskCompletionSource Seen)> _waits = [];
    private readonly Lock _gate = new();
    private readonly Dictionary<string, IReadOnlyDictionary<string, object?>> _scopesOf = [];
    private IExternalScopeProvider? _scopes;

    public IReadOnlyCollection<string> Lines => _lines;

    /// <summary>Returns when a line with this text has been logged, before or after the call.</summary>
    public Task SeenAsync(string text, int times = 1)
    {
        lock (_gate)
        {
            var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (Count(text) >= times)
            {
                seen.SetResult();
            }

            _waits.Add((text, times, seen));
            return WaitAsync(seen.Task, text);
        }
    }

    private int Count(string text) => _lines.Count(line => line.Contains(text, StringComparison.Ordinal));

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
            string> formatter) => Add($"{logLevel}: {formatter(state, exception)}");

    /// <summary>A line from elsewhere.</summary>
    public void Add(string line)
    {
        lock (_gate)
        {
            _lines.Enqueue(line);
            _scopesOf[line] = ScopesOfNow();
            foreach (var (text, times, seen) in _waits)
            {
                if (line.Contains(text, StringComparison.Ordinal) && Count(text) >= times)
                {
                    seen.TrySetResult();
                }
            }
        }
    }

    /// <summary>Trace and span that the lines with this text bear, as <c>trace/span</c>.</summary>
    public IReadOnlyList<string> SpansOf(string text)
    {
        lock (_gate)
        {
            return
            [
                .. ScopesOf(text).Select(
                    ids => $"{ids.GetValueOrDefault("TraceId")}/{ids.GetValueOrDefault("SpanId")}"),
            ];
        }
    }

    /// <summary>What stands in the scopes of the lines with this text.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, object?>> ScopesOf(string text)
    {
        lock (_gate)
        {
            return
            [
                .. _scopesOf.Where(line => line.Key.Contains(text, StringComparison.Ordinal))
                    .Select(line => line.Value),
            ];
        }
    }

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    private Dictionary<string, object?> ScopesOfNow()
    {
        var ids = new Dictionary<string, object?>();
        _scopes?.ForEachScope(
            (scope, found) =>
            {
                foreach (var (name, value) in scope as IEnumerable<KeyValuePair<string, object?>> ?? [])
                {
                    found[name] = value;
                }
            },
            ids);
        return ids;
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
