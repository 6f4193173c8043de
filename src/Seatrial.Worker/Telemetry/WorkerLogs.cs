using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Seatrial.Worker.Telemetry;

/// <summary>JSON lines on standard output, with the ids of traces and scopes.</summary>
internal static class WorkerLogs
{
    /// <summary>Lets through what is at or above the level of now.</summary>
    public static ILoggerFactory Create(LogThreshold threshold) => LoggerFactory.Create(logging =>
        WithSpans(Filter(logging, threshold)).AddJsonConsole(Format));

    /// <summary>A line that is written inside of a span bears its ids.</summary>
    internal static ILoggingBuilder WithSpans(ILoggingBuilder logging) => logging.Configure(options =>
        options.ActivityTrackingOptions = ActivityTrackingOptions.TraceId | ActivityTrackingOptions.SpanId);

    internal static ILoggingBuilder Filter(ILoggingBuilder logging, LogThreshold threshold) => logging
        .SetMinimumLevel(LogLevel.Trace)
        .AddFilter((_, level) => level >= threshold.Least);

    private static void Format(JsonConsoleFormatterOptions json)
    {
        json.TimestampFormat = "O";
        json.UseUtcTimestamp = true;
        json.IncludeScopes = true;

        // For terminals and collectors, not for pages: a plus sign stays one.
        json.JsonWriterOptions = new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    }
}
