using System.Diagnostics.Metrics;
using Seatrial.Wire;
using Seatrial.Worker.Processing;

namespace Seatrial.Worker.Telemetry;

/// <summary>Measures a flow's code, from outside of it.</summary>
internal static class MeasuredHandlers
{
    private const string Done = "done";
    private const string Rejected = "rejected";
    private const string Failed = "failed";

    public static QueueHandler Measure(QueueHandler handler, Histogram<double> durations, TimeProvider time)
    {
        var queue = new KeyValuePair<string, object?>(MetricNames.Labels.Queue, handler.Queue);
        return handler with
        {
            HandleAsync = async (record, cancellationToken) =>
            {
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
                }
            },
        };
    }
}
