using System.Diagnostics;
using System.Diagnostics.Metrics;
using Seatrial.Wire;
using Seatrial.Worker.Processing;

namespace Seatrial.Worker.Telemetry;

/// <summary>Measures and traces a flow's code, from outside of it.</summary>
internal static class MeasuredHandlers
{
    private const string Done = "done";
    private const string Rejected = "rejected";
    private const string Failed = "failed";

    /// <summary>A span for each record, when someone listens.</summary>
    public static ActivitySource Activities { get; } = new(MetricNames.Meter);

    public static QueueHandler Measure(QueueHandler handler, Histogram<double> durations, TimeProvider time)
    {
        var queue = new KeyValuePair<string, object?>(MetricNames.Labels.Queue, handler.Queue);
        var span = $"{handler.Queue} process";
        return handler with
        {
            HandleAsync = async (record, cancellationToken) =>
            {
                using var activity = Activities.StartActivity(span, ActivityKind.Consumer);
                activity?.SetTag("seatrial.job_id", record.Id).SetTag("seatrial.attempt", record.Attempt);
                var began = time.GetTimestamp();
                var result = Failed;
                try
                {
                    var handled = await handler.HandleAsync(record, cancellationToken).ConfigureAwait(false);
                    result = handled.Outcome.Rejection is null ? Done : Rejected;
                    return handled;
                }
                finally
                {
                    durations.Record(
                        time.GetElapsedTime(began).TotalSeconds, queue, new(MetricNames.Labels.Result, result));
                    activity?.SetStatus(result == Failed ? ActivityStatusCode.Error : ActivityStatusCode.Ok);
                }
            },
        };
    }
}
