namespace Seatrial.Worker.Processing;

/// <summary>
/// The way to the end: stop claiming at once, hand back what is not finished in time, then stop whatever it costs.
/// </summary>
internal sealed class Drain(TimeSpan within, TimeProvider time) : IDisposable
{
    // The last quarter is for handing back.
    private const double HandBackAt = 0.75;

    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _handBack = new(Timeout.InfiniteTimeSpan, time);
    private readonly CancellationTokenSource _end = new(Timeout.InfiniteTimeSpan, time);

    /// <summary>No new claims.</summary>
    public CancellationToken Stopping => _stop.Token;

    /// <summary>No new handler calls; those that run are asked to end.</summary>
    public CancellationToken HandBack => _handBack.Token;

    /// <summary>No more waiting for the database: what is still held comes back when its lease ends.</summary>
    public CancellationToken End => _end.Token;

    public void Begin()
    {
        _handBack.CancelAfter(within * HandBackAt);
        _end.CancelAfter(within);
        _stop.Cancel();
    }

    public void Dispose()
    {
        _stop.Dispose();
        _handBack.Dispose();
        _end.Dispose();
    }
}
