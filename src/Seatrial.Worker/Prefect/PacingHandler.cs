namespace Seatrial.Worker.Prefect;

/// <summary>Keeps requests apart, so that a backlog does not fill a server that others use too.</summary>
internal sealed class PacingHandler(TimeSpan apart, TimeProvider time) : DelegatingHandler
{
    private readonly Lock _gate = new();
    private readonly long _start = time.GetTimestamp();
    private TimeSpan _next;

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var wait = Reserve();
        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, time, cancellationToken).ConfigureAwait(false);
        }

        return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
    }

    private TimeSpan Reserve()
    {
        lock (_gate)
        {
            // Not by the wall clock, which somebody may set.
            var now = time.GetElapsedTime(_start);
            var at = _next > now ? _next : now;
            _next = at + apart;
            return at - now;
        }
    }
}
