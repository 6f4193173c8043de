using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Seatrial.Worker.Prefect;

/// <summary>A line that was logged, before it belongs to a run.</summary>
internal sealed record TappedLine(string Logger, int Level, string Message, DateTimeOffset At);

/// <summary>
/// Hears the worker's warnings and errors. Whoever logs never waits: lines wait in memory, the oldest give way.
/// </summary>
internal sealed class LogTap(TimeProvider time) : ILoggerProvider
{
    /// <summary>The logger of this part itself, which is not heard: its lines would beget lines.</summary>
    public const string OwnLogger = "Seatrial.Prefect";

    private const int MostLines = 1000;
    private const int Longest = 10_000;

    private readonly Channel<TappedLine> _lines = Channel.CreateBounded<TappedLine>(
        new BoundedChannelOptions(MostLines) { FullMode = BoundedChannelFullMode.DropOldest });

    /// <summary>The lines heard since the last call.</summary>
    public IEnumerable<TappedLine> Take()
    {
        while (_lines.Reader.TryRead(out var line))
        {
            yield return line;
        }
    }

    public ILogger CreateLogger(string categoryName) => new Ear(this, categoryName);

    public void Dispose() => _lines.Writer.TryComplete();

    private sealed class Ear(LogTap tap, string name) : ILogger
    {
        public bool IsEnabled(LogLevel logLevel) =>
            logLevel is >= LogLevel.Warning and < LogLevel.None && name != OwnLogger;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                var message = formatter(state, exception);
                message = exception is null ? message : $"{message}\n{exception}";
                message = message.Length > Longest ? message[..Longest] + " …" : message;
                tap._lines.Writer.TryWrite(
                    new TappedLine(name, (int)logLevel * 10, message, PrefectTime.Whole(tap.Now)));
            }
        }
    }

    private DateTimeOffset Now => time.GetUtcNow();
}
