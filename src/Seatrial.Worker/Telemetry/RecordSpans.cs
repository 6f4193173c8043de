using System.Diagnostics;
using Seatrial.Wire;
using Seatrial.Worker.Processing;

namespace Seatrial.Worker.Telemetry;

/// <summary>
/// A span for each record that is handled, below the one that put it in: one trace shows a record's way through the
/// queues. Without a listener nothing is made; what a row says of its trace goes on to its follow-ups all the same.
/// </summary>
internal static class RecordSpans
{
    private static readonly ActivitySource _source = new(MetricNames.Meter);

    /// <summary>Of the span of now, as W3C's <c>traceparent</c>; null outside of any.</summary>
    public static string? Current => Of(Activity.Current);

    /// <summary>Null where nobody listens.</summary>
    public static Activity? Start(string queue, ClaimedRecord record)
    {
        if (!_source.HasListeners())
        {
            return null;
        }

        // What is no traceparent is somebody else's text: a trace of its own is better than none.
        ActivityContext.TryParse(record.Trace, traceState: null, isRemote: true, out var parent);
        var span = _source.StartActivity($"{queue} process", ActivityKind.Consumer, parent);
        return span?.SetTag("messaging.destination.name", queue)
            .SetTag("seatrial.job_id", record.Id)
            .SetTag("seatrial.key", record.Key)
            .SetTag("seatrial.attempt", record.Attempt);
    }

    /// <summary>Of a request that puts records in, below the caller's; null where nobody listens.</summary>
    public static Activity? StartIntake(string queue, string? given)
    {
        ActivityContext.TryParse(given, traceState: null, isRemote: true, out var parent);
        return _source.StartActivity($"{queue} publish", ActivityKind.Producer, parent)
            ?.SetTag("messaging.destination.name", queue);
    }

    /// <summary>The caller's own where it is a <c>traceparent</c>, else a new one: the rows are to bear one.</summary>
    public static string Given(string? given) =>
        given is not null && ActivityContext.TryParse(given, traceState: null, out _)
            ? given
            : $"00-{ActivityTraceId.CreateRandom()}-{ActivitySpanId.CreateRandom()}-00";

    /// <summary>The span's id for those that follow; null without one.</summary>
    public static string? Of(Activity? span) => span is { IdFormat: ActivityIdFormat.W3C } ? span.Id : null;
}
