using Microsoft.Extensions.Logging;

namespace Seatrial.Worker.Telemetry;

/// <summary>Lets through what is at or above a level that can change at any time.</summary>
internal sealed class LevelledLogs(ILoggerFactory inner) : ILoggerFactory
{
    private volatile Func<LogLevel> _least = () => LogLevel.Information;

    /// <summary>Asked at each line.</summary>
    public Func<LogLevel> Least
    {
        get => _least;
        set => _least = value;
    }

    public ILogger CreateLogger(string categoryName) => new Levelled(inner.CreateLogger(categoryName), this);

    public void AddProvider(ILoggerProvider provider) => inner.AddProvider(provider);

    public void Dispose()
    {
        // The inner factory belongs to whoever made it.
    }

    private sealed class Levelled(ILogger logger, LevelledLogs logs) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => logger.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => logLevel >= logs.Least() && logger.IsEnabled(logLevel);

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                logger.Log(logLevel, eventId, state, exception, formatter);
            }
        }
    }
}
