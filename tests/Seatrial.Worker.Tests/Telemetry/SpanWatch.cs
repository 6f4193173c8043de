using System.Diagnostics;
using Seatrial.Wire;

namespace Seatrial.Worker.Tests.Telemetry;

/// <summary>Listens to the worker's spans, and begins a trace of the test's own.</summary>
internal sealed class SpanWatch : IDisposable
{
    private const string Name = "tests";

    private readonly ActivitySource _own = new(Name);
    private readonly List<Activity> _ended = [];
    private readonly ActivityListener _listener;

    public SpanWatch()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is MetricNames.Meter or Name,
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span =>
            {
                lock (_ended)
                {
                    _ended.Add(span);
                }
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public Activity Begin() => _own.StartActivity("request", ActivityKind.Producer)
        ?? throw new InvalidOperationException("Nobody listens.");

    /// <summary>Those of a trace, in the order in which they began.</summary>
    public IReadOnlyList<Activity> Of(Activity root)
    {
        lock (_ended)
        {
            return [.. _ended.Where(span => span.TraceId == root.TraceId).OrderBy(span => span.StartTimeUtc)];
        }
    }

    public void Dispose()
    {
        _listener.Dispose();
        _own.Dispose();
    }
}
